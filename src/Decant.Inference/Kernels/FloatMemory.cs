using System.Runtime.InteropServices;

namespace Decant.Inference.Kernels;

/// <summary>Floats outside the managed heap, on a cache line's boundary, zero at first.</summary>
internal sealed unsafe class FloatMemory : IDisposable
{
    private float* _start;

    /// <param name="count">How many.</param>
    public FloatMemory(nint count)
    {
        Count = count;
        _start = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(count, 1) * sizeof(float), 64);
        NativeMemory.Clear(_start, (nuint)count * sizeof(float));
    }

    ~FloatMemory() => Release();

    public nint Count { get; }

    /// <summary>The first float; valid until disposal.</summary>
    public float* Start => _start != null ? _start : throw new ObjectDisposedException(nameof(FloatMemory), "The classifier was disposed while it was still in use.");

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
