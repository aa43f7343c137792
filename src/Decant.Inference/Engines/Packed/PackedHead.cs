using System.Numerics.Tensors;
using Decant.Inference.Kernels;
using Decant.Models.Bert;

namespace Decant.Inference.Engines.Packed;

/// <summary>Pooler and classifier on the first token's hidden state.</summary>
internal sealed unsafe class PackedHead : IDisposable
{
    private readonly LayerSizes _sizes;
    private readonly PackedMatrix _pooler, _classifier;
    private readonly bool _relu;

    public PackedHead(VectorKernels kernels, LayerSizes sizes, HeadKind head, WeightSource weights)
    {
        (_sizes, _relu) = (sizes, head == HeadKind.Relu);
        _pooler = new PackedMatrix(kernels, weights.Dense("bert.pooler.dense"));
        _classifier = new PackedMatrix(kernels, weights.Dense("classifier"));
    }

    public int Outputs => _classifier.Outputs;

    /// <summary>Logits of some texts.</summary>
    /// <param name="cls">[count, hidden], with the stride of hidden states.</param>
    /// <param name="count">Texts.</param>
    /// <param name="scratch">Room.</param>
    /// <param name="answer">Gets the number of each text, from 0, and its logits.</param>
    public void Run(float* cls, int count, Scratch scratch, Action<int, ReadOnlySpan<float>> answer)
    {
        nint width = _sizes.HiddenStride;
        for (int done = 0; done < count; done += Scratch.BlockRows)
        {
            int rows = Math.Min(Scratch.BlockRows, count - done);
            _pooler.Apply(cls + done * width, width, rows, scratch.Sums, width);
            for (int row = 0; row < rows; row++) Activate(new Span<float>(scratch.Sums + row * width, _sizes.Hidden));
            _classifier.Apply(scratch.Sums, width, rows, scratch.Outputs, scratch.OutputStride);
            for (int row = 0; row < rows; row++)
                answer(done + row, new ReadOnlySpan<float>(scratch.Outputs + row * scratch.OutputStride, Outputs));
        }
    }

    public void Dispose()
    {
        _pooler.Dispose();
        _classifier.Dispose();
    }

    private void Activate(Span<float> pooled)
    {
        TensorPrimitives.Tanh(pooled, pooled);
        if (_relu) TensorPrimitives.Max(pooled, 0, pooled);
    }
}
