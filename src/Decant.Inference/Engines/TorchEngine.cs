using Decant.Models;
using Decant.Models.Bert;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Engines;

/// <summary>The model as it was trained, on libtorch: for GPUs, and the reference for the other engines.</summary>
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
        model.Forward(Padded(texts, first, count), OutputRequest.LogitsOnly).Logits.ToArray<float>().CopyTo(logits);
    }

    public void Dispose() => model.Dispose();

    private ModelInput Padded(EncodedTexts texts, int first, int count)
    {
        int[] lengths = [.. Enumerable.Range(first, count).Select(texts.LengthOf)];
        int longest = lengths.Max();
        var ids = new int[count * longest];
        var types = new int[ids.Length];
        ids.AsSpan().Fill(paddingId);
        for (int row = 0; row < count; row++)
        {
            texts[first + row].CopyTo(ids.AsSpan(row * longest));
            types.AsSpan(row * longest, lengths[row])[texts.FirstLengths[first + row]..].Fill(1);
        }
        return ModelInput.Create(ids, types, lengths, device);
    }
}
