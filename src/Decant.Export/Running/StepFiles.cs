using Decant.Export.Graphs;
using Decant.Models;
using Decant.Torch;

namespace Decant.Export.Running;

/// <summary>The step files of a FastBERT, run one after the other.</summary>
public sealed class StepFiles : IDisposable
{
    private readonly List<OnnxRunner> steps = [];

    private StepFiles() { }

    /// <summary>The file of the embeddings.</summary>
    public const string Embeddings = "embeddings.onnx";

    /// <summary>The file of a layer: <c>layer_1.onnx</c> ….</summary>
    /// <param name="layer">From 1.</param>
    public static string Layer(int layer) => $"layer_{layer}.onnx";

    /// <summary>Opens the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <exception cref="DecantException">A file is missing or cannot be read.</exception>
    public static StepFiles Open(string folder, int layers)
    {
        var files = new StepFiles();
        try
        {
            files.steps.Add(OnnxRunner.Open(Path.Combine(folder, Embeddings)));
            for (int layer = 1; layer <= layers; layer++) files.steps.Add(OnnxRunner.Open(Path.Combine(folder, Layer(layer))));
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Runs every layer.</summary>
    /// <param name="input">The sequences.</param>
    /// <returns>The outputs of each layer, the first at 0: <c>logits</c> [batch, outputs] and <c>uncertainty</c> [batch]. Owned by the innermost scope.</returns>
    public IReadOnlyList<IReadOnlyDictionary<string, Tensor>> Run(ModelInput input)
    {
        var given = OnnxInputs.Of(input, 1, steps[0].Model);
        var results = new List<IReadOnlyDictionary<string, Tensor>>();
        Tensor hidden = steps[0].Run(given)[StepGraphs.Next];
        foreach (OnnxRunner step in steps.Skip(1))
        {
            IReadOnlyDictionary<string, Tensor> outputs = step.Run(new Dictionary<string, Tensor> { [StepGraphs.Hidden] = hidden, [OnnxInputs.Mask] = given[OnnxInputs.Mask] });
            results.Add(outputs);
            if (outputs.TryGetValue(StepGraphs.Next, out Tensor? next)) hidden = next;
        }
        return results;
    }

    /// <summary>Frees the constants.</summary>
    public void Dispose()
    {
        foreach (OnnxRunner step in steps) step.Dispose();
    }
}
