using Decant.Inference.Kernels;
using Decant.Models.Bert;
using Decant.Models.FastBert;

namespace Decant.Inference.Engines.Packed;

/// <summary>The sizes that all layers have in common, and the strides of the matrices that they work on: kernels write whole panels.</summary>
/// <param name="config">The sizes of the network.</param>
/// <param name="kernels">Who computes.</param>
/// <param name="branch">The sizes of FastBERT's branches, which use the same memory; null for other models.</param>
internal sealed class LayerSizes(BertConfig config, VectorKernels kernels, BranchShape? branch = null)
{
    public int Hidden => config.HiddenSize;

    public int HeadSize => config.HeadSize;

    public int MaxTokens => config.MaxPositions;

    /// <summary>Floats from row to row of hidden states.</summary>
    public int HiddenStride { get; } = Stride(Math.Max(config.HiddenSize, branch?.Width ?? 0), kernels);

    /// <summary>Floats from row to row of queries, keys and values side by side.</summary>
    public int ProjectedStride { get; } = Stride(3 * config.HiddenSize, kernels);

    /// <summary>Floats from row to row inside the widest feed-forward network.</summary>
    public int InnerStride { get; } = Stride(Math.Max(config.IntermediateSize, branch is null ? 0 : branch.Heads * branch.Width), kernels);

    /// <summary>Floats from row to row of attention scores.</summary>
    public int ScoreStride { get; } = Stride(config.MaxPositions, kernels);

    private static int Stride(int columns, VectorKernels kernels) => (columns + kernels.PanelWidth + 15) / 16 * 16;
}
