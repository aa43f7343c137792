using Decant.Inference.Kernels;
using Decant.Models.Bert;

namespace Decant.Inference.Engines.Packed;

/// <summary>BERT with a classifier on the first token: the last layer is computed for that token alone.</summary>
internal sealed unsafe class PackedClassifier : IPackedNetwork
{
    private readonly VectorKernels _kernels;
    private readonly LayerSizes _sizes;
    private readonly PackedEncoder _encoder;
    private readonly PackedHead _head;

    /// <param name="model">Its weights are copied.</param>
    /// <param name="kernels">Who computes.</param>
    public PackedClassifier(BertClassifier model, VectorKernels kernels)
    {
        (_kernels, _sizes) = (kernels, new LayerSizes(model.Config, kernels));
        var weights = new WeightSource(model.NamedParameters());
        _encoder = new PackedEncoder(kernels, _sizes, model.Config, weights.Below("bert"));
        _head = new PackedHead(kernels, _sizes, model.Head, weights);
    }

    public int Outputs => _head.Outputs;

    public bool HasAdaptiveExit => false;

    public bool SharesTexts => true;

    public Worker MakeWorker() => new(_sizes, _kernels, Outputs);

    public void Run(RaggedRows texts, Activations activations, Team team, Worker memory, Answers answers)
    {
        _encoder.Embed(texts, activations, team);
        for (int layer = 1; layer < _encoder.Layers; layer++) _encoder.RunLayer(layer, texts, activations, team, memory.Scratch);
        _encoder.RunLastLayer(texts, activations, team, memory);
        (int first, int last) = team.TextsOf(texts.Count);
        _head.Run(memory.FirstTokens.Hidden, last - first, memory.Scratch, (text, logits) => answers.Set(texts.Place(first + text), logits, _encoder.Layers));
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _head.Dispose();
    }
}
