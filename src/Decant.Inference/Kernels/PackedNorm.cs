using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Inference.Kernels;

/// <summary>Weight, bias and divisor of a layer normalisation, with room for whole vectors.</summary>
internal sealed unsafe class PackedNorm : IDisposable
{
    private readonly FloatMemory _memory;
    private readonly int _stride;

    private readonly double _epsilon;
    private readonly bool _unbiased;

    /// <param name="kernels">Who will normalise.</param>
    /// <param name="weight">[width]</param>
    /// <param name="bias">[width]</param>
    /// <param name="epsilon">As the kind uses it.</param>
    /// <param name="kind">How it divides.</param>
    public PackedNorm(VectorKernels kernels, Tensor weight, Tensor bias, double epsilon, LayerNormKind kind)
    {
        (_epsilon, _unbiased) = (epsilon, kind == LayerNormKind.Unbiased);
        _stride = (int)weight.Count + kernels.VectorWidth;
        _memory = new FloatMemory(2 * _stride);
        weight.Span<float>().CopyTo(new Span<float>(_memory.Start, _stride));
        bias.Span<float>().CopyTo(new Span<float>(_memory.Start + _stride, _stride));
    }

    public float* Weight => _memory.Start;

    public float* Bias => _memory.Start + _stride;

    /// <summary>What differences from the mean are multiplied with.</summary>
    /// <param name="squares">The sum of their squares.</param>
    /// <param name="count">How many there are.</param>
    public float Scale(float squares, int count) =>
        (float)(1 / (_unbiased ? Math.Sqrt((double)squares / (count - 1)) + _epsilon : Math.Sqrt((double)squares / count + _epsilon)));

    public void Dispose() => _memory.Dispose();
}
