using System.Numerics.Tensors;
using Decant.Inference.Kernels;
using Decant.Models.FastBert;

namespace Decant.Inference.Engines.Packed;

/// <summary>A FastBERT branch as <see cref="PackedBranch"/> simplifies it: of its projections only the narrowing touches every token.</summary>
internal sealed unsafe class BranchKernel : IDisposable
{
    private readonly VectorKernels _kernels;
    private readonly LayerSizes _sizes;
    private readonly BranchShape _shape;
    private readonly PackedMatrix _narrow, _query, _inner, _classifier;

    public BranchKernel(VectorKernels kernels, LayerSizes sizes, FastBertBranch branch)
    {
        (_kernels, _sizes, _shape) = (kernels, sizes, branch.Shape);
        using var packed = new PackedBranch(branch);
        _narrow = new PackedMatrix(kernels, new DenseWeights(packed.Narrow, packed.NarrowBias));
        _query = new PackedMatrix(kernels, new DenseWeights(packed.Query, packed.QueryBias));
        _inner = new PackedMatrix(kernels, new DenseWeights(packed.Inner, packed.InnerBias));
        _classifier = new PackedMatrix(kernels, new DenseWeights(packed.Classifier, packed.ClassifierBias));
    }

    /// <summary>Narrows some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row behind the last.</param>
    /// <param name="activations">Hidden is read, context written: [rows, width].</param>
    public void Narrow(int first, int last, Activations activations)
    {
        nint stride = _sizes.HiddenStride;
        _narrow.Apply(activations.Hidden + first * stride, stride, last - first, activations.Context + first * stride, stride);
        for (int row = first; row < last; row++) Tanh(activations.Context + row * stride);
    }

    /// <summary>The answer for a text whose rows are narrowed.</summary>
    /// <param name="start">Its first row.</param>
    /// <param name="length">Its tokens.</param>
    /// <param name="activations">Context is read.</param>
    /// <param name="scratch">Room.</param>
    /// <returns>[outputs], until the next call.</returns>
    public ReadOnlySpan<float> Answer(int start, int length, Activations activations, Scratch scratch)
    {
        nint stride = _sizes.HiddenStride;
        float* tokens = activations.Context + start * stride, queries = scratch.Inner, context = queries + _sizes.InnerStride;
        _query.Apply(tokens, 0, 1, queries, 0);
        for (int head = 0; head < _shape.Heads; head++)
        {
            int column = head * _shape.Width;
            _kernels.Dots(queries + column, tokens, length, _shape.Width, stride, scratch.Scores);
            _kernels.SoftMax(scratch.Scores, 1, length, 0);
            _kernels.Multiply(scratch.Scores, 0, 1, length, tokens, stride, _kernels.PanelWidth, _shape.Width, null, context + column, 0);
        }
        _inner.Apply(context, 0, 1, scratch.Sums, 0);
        Tanh(scratch.Sums);
        _classifier.Apply(scratch.Sums, 0, 1, scratch.Outputs, 0);
        return new ReadOnlySpan<float>(scratch.Outputs, _classifier.Outputs);
    }

    public void Dispose()
    {
        _narrow.Dispose();
        _query.Dispose();
        _inner.Dispose();
        _classifier.Dispose();
    }

    private void Tanh(float* row)
    {
        var values = new Span<float>(row, _shape.Width);
        TensorPrimitives.Tanh(values, values);
    }
}
