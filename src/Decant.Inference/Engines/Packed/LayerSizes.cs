using Decant.Inference.Kernels;
using Decant.Models.Bert;

namespace Decant.Inference.Engines.Packed;

/// <summary>The sizes of a layer, and the strides of the matrices that it works on: kernels write whole panels.</summary>
internal sealed class LayerSizes(BertConfig config, VectorKernels kernels)
{
    public int Hidden => config.HiddenSize;

    public int Inner => config.IntermediateSize;

    public int Heads => config.Heads;

    public int HeadSize => config.HeadSize;

    public int MaxTokens => config.MaxPositions;

    /// <summary>Floats from row to row of hidden states.</summary>
    public int HiddenStride { get; } = Stride(config.HiddenSize, kernels);

    /// <summary>Floats from row to row of queries, keys and values side by side.</summary>
    public int ProjectedStride { get; } = Stride(3 * config.HiddenSize, kernels);

    /// <summary>Floats from row to row inside the feed-forward network.</summary>
    public int InnerStride { get; } = Stride(config.IntermediateSize, kernels);

    /// <summary>Floats from row to row of attention scores.</summary>
    public int ScoreStride { get; } = Stride(config.MaxPositions, kernels);

    private static int Stride(int columns, VectorKernels kernels) => (columns + kernels.PanelWidth + 15) / 16 * 16;
}
