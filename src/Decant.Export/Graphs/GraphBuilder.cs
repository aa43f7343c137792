using System.Globalization;
using Decant.Export.Onnx;
using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>
/// Puts a graph together, operator by operator. Element types are followed through the graph: operators that want equal types
/// refuse others while the graph is built, not when a program loads it.
/// </summary>
/// <param name="name">Name of the graph.</param>
internal sealed partial class GraphBuilder(string name)
{
    private readonly List<OnnxNode> nodes = [];
    private readonly Dictionary<string, OnnxTensor> tensors = new(StringComparer.Ordinal);
    private readonly List<OnnxValueInfo> inputs = [], outputs = [], described = [];
    private readonly Dictionary<string, string> outputNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> nodeNames = new(StringComparer.Ordinal);
    private string place = "";

    /// <summary>Names what is added until the result is disposed after a part of the network: <c>using var _ = graph.In("bert/pooler");</c></summary>
    public Place In(string part)
    {
        string outer = place;
        place = $"{place}/{part}";
        return new Place(this, outer);
    }

    /// <summary>Adds an input.</summary>
    public Value Input(string input, DType dtype, params ReadOnlySpan<OnnxAxis> axes)
    {
        inputs.Add(new OnnxValueInfo(input, dtype, axes.ToArray()));
        return new Value(input, dtype);
    }

    /// <summary>Hands a value out under a name.</summary>
    public void Output(string output, Value value, params ReadOnlySpan<OnnxAxis> axes)
    {
        outputNames.Add(value.Name, output);
        outputs.Add(new OnnxValueInfo(output, value.DType, axes.ToArray()));
    }

    /// <summary>Says what shape a value has where a reader cannot find it out.</summary>
    public Value Describe(Value value, params ReadOnlySpan<OnnxAxis> axes)
    {
        described.Add(new OnnxValueInfo(value.Name, value.DType, axes.ToArray()));
        return value;
    }

    /// <summary>A constant; one that is there under the same name is taken again.</summary>
    /// <param name="constant">Its name.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="make">Gives the values when the model is written.</param>
    public Value Constant(string constant, DType dtype, ReadOnlySpan<long> shape, Func<Tensor> make)
    {
        tensors.TryAdd(constant, new OnnxTensor(constant, dtype, shape.ToArray(), make));
        return new Value(constant, dtype);
    }

    /// <summary>A list of integers: a shape, axes, bounds.</summary>
    public Value Integers(params long[] values) =>
        Constant($"integers:{string.Join(',', values)}", DType.Int64, [values.Length], () => Tensor.From(values, values.Length));

    /// <summary>A single number.</summary>
    public Value Number(double value, DType dtype) =>
        Constant(string.Create(CultureInfo.InvariantCulture, $"{dtype}:{value:R}"), dtype, [], () => Tensor.Full([], value, dtype));

    /// <summary>A node with one result.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="result">Element type of the result.</param>
    /// <param name="from">What it takes.</param>
    /// <param name="attributes">Its settings.</param>
    public Value Node(string op, DType result, ReadOnlySpan<Value> from, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Nodes(op, from, [result], attributes)[0];

    /// <summary>A node with several results.</summary>
    public Value[] Nodes(string op, ReadOnlySpan<Value> from, ReadOnlySpan<DType> results, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        string node = $"{place}/{op}";
        for (int n = 1; !nodeNames.Add(node); n++) node = $"{place}/{op}_{n}";
        var given = new Value[results.Length];
        for (int i = 0; i < given.Length; i++) given[i] = new Value($"{node}_output_{i}", results[i]);
        nodes.Add(new OnnxNode(node, op, [.. from.ToArray().Select(v => v.Name)], [.. given.Select(v => v.Name)], attributes.ToArray()));
        return given;
    }

    /// <summary>The model.</summary>
    /// <param name="metadata">Facts for the reader.</param>
    public OnnxModel Build(IReadOnlyDictionary<string, string> metadata) => new()
    {
        Name = name,
        Nodes = [.. nodes.Select(node => node with { Inputs = Renamed(node.Inputs), Outputs = Renamed(node.Outputs) })],
        Tensors = [.. tensors.Values],
        Inputs = inputs,
        Outputs = outputs,
        Values = [.. described.Where(value => !outputNames.ContainsKey(value.Name))],
        Metadata = metadata,
    };

    private string[] Renamed(IReadOnlyList<string> values) => [.. values.Select(value => outputNames.GetValueOrDefault(value, value))];

    /// <summary>Ends a part of the network.</summary>
    public readonly ref struct Place(GraphBuilder builder, string outer)
    {
        /// <summary>Goes back to the part around it.</summary>
        public void Dispose() => builder.place = outer;
    }
}
