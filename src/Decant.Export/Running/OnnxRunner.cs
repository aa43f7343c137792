using Decant.Export.Onnx;
using Decant.Export.Running.Operators;
using Decant.Torch;

namespace Decant.Export.Running;

/// <summary>
/// Runs an <c>.onnx</c> file operator by operator, as the file says and with nothing of the model that it was made from: what
/// every export is checked with. It is made for checks, not for speed. Half-precision values are computed in single precision
/// and rounded after every operator.
/// </summary>
public sealed class OnnxRunner : IDisposable
{
    private readonly Dictionary<string, Tensor> constants = new(StringComparer.Ordinal);
    private readonly string[][] lastUses;

    private OnnxRunner(string path, OnnxModel model)
    {
        Path = path;
        Model = model;
        lastUses = LastUses(model);
        using var scope = new TensorScope();
        foreach (OnnxTensor tensor in model.Tensors) constants[tensor.Name] = TensorScope.Release(tensor.Make());
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is in it.</summary>
    public OnnxModel Model { get; }

    /// <summary>Opens a file and puts its constants into memory.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="DecantException">It cannot be read, or uses an operator that is not computed here.</exception>
    public static OnnxRunner Open(string path)
    {
        OnnxModel model = OnnxModelReader.Read(path);
        if (model.Nodes.FirstOrDefault(node => !OperatorTable.All.ContainsKey(node.Operator)) is { } unknown)
            throw new DecantException($"{path}: the operator {unknown.Operator} ({unknown.Name}) is not computed here; run this file with ONNX Runtime.");
        return new OnnxRunner(path, model);
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">A tensor for every input, of its element type.</param>
    /// <returns>The outputs by name; the innermost scope owns them.</returns>
    /// <exception cref="DecantException">An input is missing or of another type, or the graph is not sound.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        var values = new Dictionary<string, Tensor>(constants, StringComparer.Ordinal);
        foreach (OnnxValueInfo input in Model.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out Tensor? given)) throw new DecantException($"{Path} needs the input '{input.Name}', which was not given.");
            if (given.DType != input.DType) throw new DecantException($"{Path}: the input '{input.Name}' is {input.DType}, and {given.DType} was given.");
            values[input.Name] = given;
        }
        for (int n = 0; n < Model.Nodes.Count; n++)
        {
            Compute(Model.Nodes[n], values);
            foreach (string unused in lastUses[n])
                if (values.Remove(unused, out Tensor? tensor)) tensor.Dispose();
        }
        return Model.Outputs.ToDictionary(output => output.Name, output => scope.Keep(Output(values, output)));
    }

    /// <summary>Frees the constants.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in constants.Values) tensor.Dispose();
    }

    private void Compute(OnnxNode node, Dictionary<string, Tensor> values)
    {
        using var scope = new TensorScope();
        Tensor[] inputs = [.. node.Inputs.Select(name => values.TryGetValue(name, out Tensor? value)
            ? value
            : throw new DecantException($"{Path}: {node.Name} takes '{name}', which nothing before it gives."))];
        bool isHalf = !OperatorTable.OnlyMoves(node.Operator) && inputs.Any(input => input.DType == DType.Float16);
        if (isHalf) inputs = Array.ConvertAll(inputs, input => input.DType == DType.Float16 ? input.To(DType.Float32) : input);
        Tensor[] outputs;
        try
        {
            outputs = OperatorTable.All[node.Operator](node, inputs);
        }
        catch (TorchException e)
        {
            throw new DecantException($"{Path}: {node.Name} cannot be computed: {e.Message}", e);
        }
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            Tensor output = isHalf && outputs[i].DType == DType.Float32 ? outputs[i].To(DType.Float16) : outputs[i];
            // A view or the input itself: the value needs a handle of its own, which can be freed by itself.
            values[node.Outputs[i]] = scope.Keep(inputs.Contains(output) ? output.Detach() : output);
        }
    }

    private Tensor Output(Dictionary<string, Tensor> values, OnnxValueInfo output) =>
        values.TryGetValue(output.Name, out Tensor? value) ? value : throw new DecantException($"{Path}: nothing gives the output '{output.Name}'.");

    // For each node the values that nobody takes after it: they are freed there, constants and outputs excepted.
    private static string[][] LastUses(OnnxModel model)
    {
        var kept = model.Outputs.Select(o => o.Name).Concat(model.Inputs.Select(i => i.Name)).Concat(model.Tensors.Select(t => t.Name)).ToHashSet(StringComparer.Ordinal);
        var unused = new string[model.Nodes.Count][];
        for (int n = unused.Length - 1; n >= 0; n--)
            unused[n] = [.. model.Nodes[n].Inputs.Concat(model.Nodes[n].Outputs).Where(kept.Add)];
        return unused;
    }
}
