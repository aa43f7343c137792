using Decant.Inference.Kernels;

namespace Decant.Inference.Engines.Packed;

/// <summary>Attention of every head over the tokens of the same text, from queries that are scaled already.</summary>
/// <param name="kernels">Who computes.</param>
/// <param name="sizes">The sizes.</param>
/// <param name="heads">Heads of this layer: it may have lost some.</param>
internal sealed unsafe class PackedAttention(VectorKernels kernels, LayerSizes sizes, int heads)
{
    private readonly int _stride = sizes.ProjectedStride;

    /// <summary>Width of the queries of all heads; as wide are keys and values, which follow them.</summary>
    public int Width { get; } = heads * sizes.HeadSize;

    /// <summary>Gathers the values for some rows.</summary>
    /// <param name="texts">The texts; keys and values of all their rows are there.</param>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row behind the last.</param>
    /// <param name="projected">Queries, keys and values of all rows.</param>
    /// <param name="context">[rows, width], written.</param>
    /// <param name="scratch">Room.</param>
    public void Run(RaggedRows texts, int first, int last, float* projected, float* context, Scratch scratch)
    {
        if (first >= last) return;
        for (int text = texts.TextAt(first), row = first; row < last; text++)
        {
            int start = texts.Start(text), end = Math.Min(last, start + texts.Length(text));
            // From the first head to the last: what a product writes beyond its columns is the next head's, which overwrites it.
            for (int head = 0; head < heads; head++) OfHead(head, start, texts.Length(text), row, end, projected, context, scratch);
            row = end;
        }
    }

    /// <summary>Gathers the values for one query of a text: its first token's, which is all that a classifier reads of the last layer.</summary>
    /// <param name="query">[width]</param>
    /// <param name="projected">Keys and values of all rows.</param>
    /// <param name="start">The text's first row.</param>
    /// <param name="length">Its tokens.</param>
    /// <param name="scratch">Room.</param>
    /// <param name="context">[width], written.</param>
    public void Single(float* query, float* projected, int start, int length, Scratch scratch, float* context)
    {
        projected += (nint)start * _stride;
        for (int head = 0; head < heads; head++)
        {
            int column = head * sizes.HeadSize;
            kernels.Dots(query + column, projected + Width + column, length, sizes.HeadSize, _stride, scratch.Scores);
            kernels.SoftMax(scratch.Scores, 1, length, sizes.ScoreStride);
            Gather(scratch.Scores, 1, length, projected + column, context + column);
        }
    }

    private void OfHead(int head, int start, int length, int first, int last, float* projected, float* context, Scratch scratch)
    {
        projected += head * sizes.HeadSize;
        context += head * sizes.HeadSize;
        PackKeys(projected + (nint)start * _stride + Width, length, scratch.Keys);
        for (int row = first; row < last; row += Scratch.BlockRows)
        {
            int rows = Math.Min(Scratch.BlockRows, last - row);
            kernels.Multiply(projected + (nint)row * _stride, _stride, rows, sizes.HeadSize,
                scratch.Keys, kernels.PanelWidth, (nint)kernels.PanelWidth * sizes.HeadSize, length, null, scratch.Scores, sizes.ScoreStride);
            kernels.SoftMax(scratch.Scores, rows, length, sizes.ScoreStride);
            Gather(scratch.Scores, rows, length, projected + (nint)start * _stride, context + (nint)row * sizes.HiddenStride);
        }
    }

    // Values need no packing: a row of theirs is a row of the right factor, and its neighbours' columns are not looked at.
    private void Gather(float* probabilities, int rows, int length, float* projected, float* context) =>
        kernels.Multiply(probabilities, sizes.ScoreStride, rows, length, projected + 2 * Width, _stride, kernels.PanelWidth,
            sizes.HeadSize, null, context, sizes.HiddenStride);

    private void PackKeys(float* keys, int length, float* packed)
    {
        int width = kernels.PanelWidth, size = sizes.HeadSize;
        for (int token = 0; token < length; token++, keys += _stride)
        {
            float* to = packed + (nint)(token / width) * width * size + token % width;
            for (int i = 0; i < size; i++, to += width) *to = keys[i];
        }
    }
}
