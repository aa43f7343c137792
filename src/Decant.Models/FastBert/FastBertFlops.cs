using Decant.Models.Bert;

namespace Decant.Models.FastBert;

/// <summary>
/// Floating-point operations as FastBERT's published figures count them: two for each multiplication of a linear layer, of every padded
/// position; attention products, softmax, normalisation, embeddings and the last layer to the classes are not counted. For BERT-base at
/// 128 tokens: BERT 21 785 247 744, one layer with its classifier 1 853 915 136. What <see cref="AdaptiveClassifier"/> computes is less.
/// </summary>
/// <param name="config">The backbone; its layers may be pruned.</param>
/// <param name="shape">The classifiers.</param>
/// <param name="tokens">Padded length; 128 in the paper.</param>
public sealed class FastBertFlops(BertConfig config, BranchShape shape, int tokens = 128)
{
    /// <summary>One transformer layer.</summary>
    /// <param name="layer">From 1.</param>
    public long Layer(int layer) =>
        2L * tokens * config.HiddenSize * (4L * config.HeadsOf(layer - 1) * config.HeadSize + 2L * config.IntermediateSizeOf(layer - 1));

    /// <summary>One classifier, as the released code computes it: all four attention projections for all tokens.</summary>
    public long Classifier { get; } = 2L * (tokens * (long)config.HiddenSize * shape.Width + 4L * tokens * shape.Width * shape.Width + (long)shape.Width * shape.Width);

    /// <summary>BERT without branches: all layers and one classifier.</summary>
    public long Bert => LayersUpTo(config.Layers) + Classifier;

    /// <summary>A sequence that leaves after a layer, having asked every classifier up to it.</summary>
    /// <param name="exitLayer">Layers that were run, from 1.</param>
    public long UpTo(int exitLayer) => LayersUpTo(exitLayer) + exitLayer * Classifier;

    /// <summary>The mean over sequences.</summary>
    /// <param name="exitLayers">Layers that were run for each, from 1.</param>
    public double Mean(ReadOnlySpan<int> exitLayers)
    {
        double sum = 0;
        foreach (int layer in exitLayers) sum += UpTo(layer);
        return sum / exitLayers.Length;
    }

    /// <summary>How many times fewer than BERT: the paper's speed-up, which is none of the clock.</summary>
    /// <param name="exitLayers">Layers that were run for each sequence, from 1.</param>
    public double SpeedUp(ReadOnlySpan<int> exitLayers) => Bert / Mean(exitLayers);

    private long LayersUpTo(int layer) => Enumerable.Range(1, layer).Sum(Layer);
}
