using Decant.Models.FastBert;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Engines;

/// <summary>FastBERT on libtorch: for GPUs.</summary>
internal sealed class TorchFastBertEngine : IInferenceEngine
{
    private readonly FastBertClassifier _model;
    private readonly AdaptiveClassifier _adaptive;
    private readonly int _paddingId;
    private readonly Device _device;

    /// <param name="model">The engine owns it.</param>
    /// <param name="paddingId">The id that fills short rows.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="exits">When texts leave.</param>
    public TorchFastBertEngine(FastBertClassifier model, int paddingId, Device device, AdaptiveOptions exits) =>
        (_model, _adaptive, _paddingId, _device) = (model, new AdaptiveClassifier(model, exits), paddingId, device);

    public int Outputs => _model.Outputs;

    public bool HasAdaptiveExit => true;

    public void Run(EncodedTexts texts, int first, int count, double speed, Span<float> logits, Span<int> exitLayers)
    {
        using var scope = new TensorScope();
        AdaptiveResult result = _adaptive.Predict(PaddedInput.Of(texts, first, count, _paddingId, _device), speed);
        result.Logits.CopyTo(logits);
        result.ExitLayers.CopyTo(exitLayers);
    }

    public void Dispose()
    {
        _adaptive.Dispose();
        _model.Dispose();
    }
}
