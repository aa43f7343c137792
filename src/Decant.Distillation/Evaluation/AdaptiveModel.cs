using Decant.Models;
using Decant.Models.FastBert;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Evaluation;

/// <summary>A FastBERT at one speed, as a model that answers like any other; it counts the layers that were run.</summary>
internal sealed class AdaptiveModel : IModel
{
    private readonly FastBertClassifier model;
    private readonly AdaptiveClassifier adaptive;
    private readonly double speed;
    private long layers, sequences;

    private AdaptiveModel(FastBertClassifier model, double speed) =>
        (this.model, adaptive, this.speed) = (model, new AdaptiveClassifier(model), speed);

    /// <summary>Layers that were run for a sequence on average.</summary>
    public double MeanLayers => (double)layers / sequences;

    public long ParameterCount => model.ParameterCount;

    public int Layers => model.Layers;

    public int HiddenSize => model.HiddenSize;

    /// <exception cref="DecantException">The model has no branches.</exception>
    public static AdaptiveModel Of(IClassifier model, double speed, string path) => model is FastBertClassifier fast
        ? new AdaptiveModel(fast, speed)
        : throw new DecantException($"{path} is no FastBERT: it has no layers to leave at. Leave the speed out.");

    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => model.NamedParameters();

    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        AdaptiveResult result = adaptive.Predict(input, speed);
        sequences += result.ExitLayers.Length;
        layers += result.ExitLayers.Sum();
        return new ModelOutput { Logits = Tensor.From(result.Logits, result.ExitLayers.Length, result.Outputs) };
    }

    public void Dispose() => adaptive.Dispose();
}
