using Decant.Inference.Kernels;

namespace Decant.Inference.Tests.Kernels;

/// <summary>The vector widths of this processor, and matrices with rubbish behind their last column.</summary>
internal static unsafe class KernelCase
{
    public static TheoryData<int> Widths => [.. VectorKernels.Supported().Select(k => k.VectorWidth)];

    public static VectorKernels OfWidth(int width) => VectorKernels.Supported().Single(k => k.VectorWidth == width);

    /// <summary>Values in ±1, rows apart by stride; what lies between is no number.</summary>
    public static FloatMemory Matrix(int rows, int columns, int stride, int seed, float scale = 1)
    {
        var random = new Random(seed);
        var memory = new FloatMemory(rows * stride + 64);
        new Span<float>(memory.Start, (int)memory.Count).Fill(float.NaN);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) memory.Start[row * stride + column] = scale * (2 * random.NextSingle() - 1);
        return memory;
    }
}
