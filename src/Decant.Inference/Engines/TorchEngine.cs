using Decant.Models;
using Decant.Models.Bert;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Engines;

/// <summary>The model as it was trained, on libtorch: for GPUs.</summary>
/// <param name="model">The engine owns it.</param>
/// <param name="paddingId">The id that fills short rows.</param>
/// <param name="device">Where the model is.</param>
internal sealed class TorchEngine(BertClassifier model, int paddingId, Device device) : IInferenceEngine
{
    public int Outputs => model.Outputs;

    public bool HasAdaptiveExit => false;

    public void Run(EncodedTexts texts, int first, int count, double speed, Span<float> logits, Span<int> exitLayers)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        model.Forward(PaddedInput.Of(texts, first, count, paddingId, device), OutputRequest.LogitsOnly).Logits.ToArray<float>().CopyTo(logits);
    }

    public void Dispose() => model.Dispose();
}
