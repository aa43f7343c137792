using Decant.Models;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Export.Running;

/// <summary>An exported classifier as a model, so that it can be evaluated as any other.</summary>
/// <param name="runner">The file; whoever opened it disposes it.</param>
/// <param name="choices">Sequences per example for multiple choice; otherwise 1.</param>
public sealed class OnnxClassifier(OnnxRunner runner, int choices = 1) : IModel
{
    /// <inheritdoc/>
    public long ParameterCount => 0;

    /// <inheritdoc/>
    public int Layers => 0;

    /// <inheritdoc/>
    public int HiddenSize => 0;

    /// <summary>None: the weights are constants of the graph.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => [];

    /// <inheritdoc/>
    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        Tensor logits = runner.Run(OnnxInputs.Of(input, choices, runner.Model))["logits"];
        // A graph for multiple choice gives a row an example; a model gives a row a sequence.
        return new ModelOutput { Logits = choices > 1 ? logits.Reshape(input.Batch, 1) : logits };
    }

    /// <summary>Does nothing.</summary>
    public void Dispose() { }
}
