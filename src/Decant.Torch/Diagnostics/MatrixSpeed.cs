using System.Diagnostics;

namespace Decant.Torch.Diagnostics;

/// <summary>Measures matrix products, where training and inference spend nearly all their time.</summary>
public static class MatrixSpeed
{
    /// <summary>Times products of two square matrices and takes the fastest, which other work on the machine disturbed least.</summary>
    /// <param name="size">Rows and columns, from 1. 1024 is large enough to reach the peak.</param>
    /// <param name="dtype">Element type of both matrices and the product.</param>
    /// <param name="threads">Threads of the operator, from 1; the setting is put back afterwards.</param>
    /// <param name="device">Where the matrices are.</param>
    /// <param name="seconds">About how long to measure; at least three products are timed.</param>
    /// <returns>10⁹ floating-point operations per second, a product counted as 2·size³.</returns>
    public static double Measure(int size, DType dtype, int threads, Device device = default, double seconds = 0.3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        int before = TorchRuntime.Threads;
        TorchRuntime.Threads = threads;
        try
        {
            using var scope = new TensorScope();
            using GradMode.Restore _ = GradMode.Off();
            Tensor a = Matrix(size, dtype, device), b = Matrix(size, dtype, device);
            TimeOne(a, b);  // threads start, kernels are chosen
            double best = double.MaxValue;
            var watch = Stopwatch.StartNew();
            for (int done = 0; done < 3 || watch.Elapsed.TotalSeconds < seconds; done++)
                best = Math.Min(best, TimeOne(a, b));
            return 2.0 * size * size * size / best / 1e9;
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    private static double TimeOne(Tensor a, Tensor b)
    {
        using var scope = new TensorScope();
        long start = Stopwatch.GetTimestamp();
        Tensor product = a.MatMul(b);
        // A GPU answers before it has finished: reading one value waits for it.
        if (a.Device.Type != DeviceType.Cpu) _ = product.Narrow(0, 0, 1).Narrow(1, 0, 1).ToScalar();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Ordinary values: zeros and subnormal numbers take other paths on some processors.
    private static Tensor Matrix(int size, DType dtype, Device device)
    {
        var values = new float[size * size];
        for (int i = 0; i < values.Length; i++) values[i] = i % 17 / 16f - 0.5f;
        return Tensor.From(values, size, size).To(dtype).To(device);
    }
}
