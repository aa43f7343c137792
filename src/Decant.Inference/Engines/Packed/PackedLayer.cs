using Decant.Inference.Kernels;
using Decant.Models.Bert;

namespace Decant.Inference.Engines.Packed;

/// <summary>
/// One transformer layer with its weights packed, in two steps: <see cref="Project"/> for all rows of a text, then
/// <see cref="Finish"/> for any of them. Between the two, workers that share a text wait for each other.
/// </summary>
internal sealed unsafe class PackedLayer : IDisposable
{
    private readonly VectorKernels _kernels;
    private readonly LayerSizes _sizes;
    private readonly PackedAttention _attention;
    private readonly PackedMatrix _projection, _output, _inner, _outer;
    private readonly PackedNorm _attentionNorm, _outputNorm;
    private readonly int _index;
    private readonly bool _relu;

    /// <param name="index">Which layer, from 0.</param>
    /// <param name="kernels">Who computes.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="config">Activation and epsilon.</param>
    /// <param name="weights">The layer's own.</param>
    public PackedLayer(int index, VectorKernels kernels, LayerSizes sizes, BertConfig config, WeightSource weights)
    {
        (_index, _kernels, _sizes, _relu) = (index, kernels, sizes, config.HiddenActivation == "relu");
        _attention = new PackedAttention(kernels, sizes, config.HeadsOf(index));
        float scale = 1 / MathF.Sqrt(config.HeadSize);
        WeightSource self = weights.Below("attention.self");
        _projection = new PackedMatrix(kernels, self.Dense("query", scale), self.Dense("key"), self.Dense("value"));
        _output = new PackedMatrix(kernels, weights.Dense("attention.output.dense"));
        _inner = new PackedMatrix(kernels, weights.Dense("intermediate.dense"));
        _outer = new PackedMatrix(kernels, weights.Dense("output.dense"));
        _attentionNorm = weights.Norm(kernels, "attention.output.LayerNorm", config);
        _outputNorm = weights.Norm(kernels, "output.LayerNorm", config);
    }

    /// <summary>Queries, keys and values of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row behind the last.</param>
    /// <param name="activations">Hidden is read, projected written.</param>
    /// <param name="withQueries">False leaves the queries out.</param>
    public void Project(int first, int last, Activations activations, bool withQueries = true)
    {
        if (first >= last) return;
        _projection.Apply(activations.Hidden + (nint)first * _sizes.HiddenStride, _sizes.HiddenStride, last - first,
            activations.Projected(_index) + (nint)first * _sizes.ProjectedStride, _sizes.ProjectedStride, withQueries ? 0 : _attention.Width, 3 * _attention.Width);
    }

    /// <summary>The rest of the layer for some rows.</summary>
    /// <param name="texts">The texts; all their rows are projected.</param>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row behind the last.</param>
    /// <param name="activations">Hidden is read and written.</param>
    /// <param name="scratch">Room.</param>
    public void Finish(RaggedRows texts, int first, int last, Activations activations, Scratch scratch)
    {
        _attention.Run(texts, first, last, activations.Projected(_index), activations.Context, scratch);
        FeedForward(activations.Context + (nint)first * _sizes.HiddenStride, activations.Hidden + (nint)first * _sizes.HiddenStride, last - first, scratch);
    }

    /// <summary>The rest of the layer for the first token of some texts alone; their rows are projected, queries not needed.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="first">The first text.</param>
    /// <param name="last">The text behind the last.</param>
    /// <param name="activations">
    /// Hidden and projected are read. The results are the leading rows of <paramref name="cls"/>, in the order of the texts.
    /// </param>
    /// <param name="cls">Its hidden, context and projected are written.</param>
    /// <param name="scratch">Room.</param>
    public void FinishFirstTokens(RaggedRows texts, int first, int last, Activations activations, Activations cls, Scratch scratch)
    {
        if (first >= last) return;
        cls.Require(last - first);
        int width = _sizes.HiddenStride;
        for (int text = first; text < last; text++)
            Buffer.MemoryCopy(activations.Hidden + (nint)texts.Start(text) * width, cls.Hidden + (nint)(text - first) * width, width * sizeof(float), _sizes.Hidden * sizeof(float));
        _projection.Apply(cls.Hidden, width, last - first, cls.Projected(_index), _sizes.ProjectedStride, 0, _attention.Width);
        for (int text = first; text < last; text++)
            _attention.Single(cls.Projected(_index) + (nint)(text - first) * _sizes.ProjectedStride, activations.Projected(_index), texts.Start(text), texts.Length(text),
                scratch, cls.Context + (nint)(text - first) * width);
        FeedForward(cls.Context, cls.Hidden, last - first, scratch);
    }

    public void Dispose()
    {
        _projection.Dispose();
        _output.Dispose();
        _inner.Dispose();
        _outer.Dispose();
        _attentionNorm.Dispose();
        _outputNorm.Dispose();
    }

    private void FeedForward(float* context, float* hidden, int count, Scratch scratch)
    {
        nint width = _sizes.HiddenStride, innerWidth = _sizes.InnerStride;
        for (int done = 0; done < count; done += Scratch.BlockRows, context += Scratch.BlockRows * width, hidden += Scratch.BlockRows * width)
        {
            int rows = Math.Min(Scratch.BlockRows, count - done);
            _output.Apply(context, width, rows, scratch.Sums, width);
            _kernels.AddNormalize(scratch.Sums, hidden, rows, _sizes.Hidden, width, _attentionNorm, hidden);
            _inner.Apply(hidden, width, rows, scratch.Inner, innerWidth);
            for (int row = 0; row < rows; row++)
            {
                if (_relu) _kernels.Relu(scratch.Inner + row * innerWidth, _inner.Outputs);
                else _kernels.Gelu(scratch.Inner + row * innerWidth, _inner.Outputs);
            }
            _outer.Apply(scratch.Inner, innerWidth, rows, scratch.Sums, width);
            _kernels.AddNormalize(scratch.Sums, hidden, rows, _sizes.Hidden, width, _outputNorm, hidden);
        }
    }
}
