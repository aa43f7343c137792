using Decant.Inference.Kernels;

namespace Decant.Inference.Engines.Packed;

/// <summary>What one worker needs within a layer, for a block of rows at a time: it stays in the nearer caches.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    /// <summary>Rows that are taken through a layer together.</summary>
    public const int BlockRows = 64;

    private readonly FloatMemory _sums, _inner, _scores, _keys, _outputs;

    /// <param name="sizes">Of the layers.</param>
    /// <param name="kernels">Who computes.</param>
    /// <param name="outputs">Logits of a text.</param>
    public Scratch(LayerSizes sizes, VectorKernels kernels, int outputs)
    {
        _sums = new FloatMemory(BlockRows * sizes.HiddenStride);
        _inner = new FloatMemory(BlockRows * sizes.InnerStride);
        _scores = new FloatMemory(BlockRows * sizes.ScoreStride);
        int panels = (sizes.MaxTokens + kernels.PanelWidth - 1) / kernels.PanelWidth;
        _keys = new FloatMemory((nint)panels * kernels.PanelWidth * sizes.HeadSize);
        OutputStride = outputs + kernels.PanelWidth;
        _outputs = new FloatMemory(BlockRows * OutputStride);
    }

    /// <summary>[block, hidden]</summary>
    public float* Sums => _sums.Start;

    /// <summary>[block, inner]</summary>
    public float* Inner => _inner.Start;

    /// <summary>Attention of one head, [block, tokens].</summary>
    public float* Scores => _scores.Start;

    /// <summary>The keys of one head and text, packed as the right factor of a product: [head size, tokens].</summary>
    public float* Keys => _keys.Start;

    /// <summary>Logits, [block, <see cref="OutputStride"/>].</summary>
    public float* Outputs => _outputs.Start;

    /// <summary>Floats from row to row of logits.</summary>
    public int OutputStride { get; }

    public void Dispose()
    {
        _sums.Dispose();
        _inner.Dispose();
        _scores.Dispose();
        _keys.Dispose();
        _outputs.Dispose();
    }
}
