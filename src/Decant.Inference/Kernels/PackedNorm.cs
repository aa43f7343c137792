namespace Decant.Inference.Kernels;

/// <summary>Weight, bias and epsilon of a layer normalisation, with room for whole vectors.</summary>
internal sealed unsafe class PackedNorm : IDisposable
{
    private readonly FloatMemory _memory;
    private readonly int _stride;

    /// <param name="kernels">Who will normalise.</param>
    /// <param name="weight">[width]</param>
    /// <param name="bias">[width]</param>
    /// <param name="epsilon">Inside the root.</param>
    public PackedNorm(VectorKernels kernels, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double epsilon)
    {
        _stride = weight.Length + kernels.VectorWidth;
        _memory = new FloatMemory(2 * _stride);
        weight.CopyTo(new Span<float>(_memory.Start, _stride));
        bias.CopyTo(new Span<float>(_memory.Start + _stride, _stride));
        Epsilon = epsilon;
    }

    public float* Weight => _memory.Start;

    public float* Bias => _memory.Start + _stride;

    public double Epsilon { get; }

    public void Dispose() => _memory.Dispose();
}
