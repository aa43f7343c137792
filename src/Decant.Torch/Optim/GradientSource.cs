using System.Numerics;

namespace Decant.Torch.Optim;

/// <summary>A parameter's gradient, read stretch by stretch: from memory, or for a table from the rows that were looked up, with zeros between.</summary>
internal sealed unsafe class GradientSource
{
    [ThreadStatic] private static float[]? scratch;

    private readonly float* whole;

    private GradientSource(Tensor? tensor, RowGradient? rows, long count)
    {
        (Tensor, Rows, Count) = (tensor, rows, count);
        if (tensor is { IsCpuFloat: true }) whole = (Tensor = tensor.Contiguous()).Pointer<float>();
    }

    /// <summary>The gradient as one tensor; null where it is in rows.</summary>
    public Tensor? Tensor { get; }

    /// <summary>The gradient as rows of a table; null where it is in one tensor.</summary>
    public RowGradient? Rows { get; }

    /// <summary>Elements.</summary>
    public long Count { get; }

    /// <summary>Whether it can be read here; else <see cref="Tensor"/> is for operators.</summary>
    public bool OnCpu => Rows is not null || whole is not null;

    /// <summary>The gradient of a parameter; null when it has none. Valid while the innermost scope is open and the gradient is not cleared.</summary>
    public static GradientSource? Of(Tensor parameter) =>
        parameter.RowGrad is { } rows ? new(null, rows, parameter.Count) : parameter.Grad is { } grad ? new(grad, null, parameter.Count) : null;

    /// <summary>One stretch of it, valid until the next call on this thread.</summary>
    /// <param name="start">Its first element.</param>
    /// <param name="length">Its elements.</param>
    public ReadOnlySpan<float> Read(long start, int length)
    {
        if (Rows is null) return new(whole + start, length);
        if (scratch is null || scratch.Length < length) scratch = new float[length];
        Span<float> stretch = scratch.AsSpan(0, length);
        Rows.Fill(start, stretch);
        return stretch;
    }

    /// <summary>The sum of the squares of one stretch. Zeros between rows are passed over where that leaves every sum as it is.</summary>
    /// <param name="start">Its first element; a multiple of the vector's length.</param>
    /// <param name="length">Its elements.</param>
    public double SumOfSquares(long start, int length)
    {
        Vector<double> sums = Vector<double>.Zero;
        if (Rows is { } rows && rows.Width % Vector<float>.Count == 0)
        {
            for (int slot = rows.FirstFrom(start); rows.TryRead(slot, start, length, out ReadOnlySpan<float> values); slot++) AddSquares(values, ref sums);
            return Vector.Sum(sums);
        }
        ReadOnlySpan<float> all = Read(start, length);
        int added = AddSquares(all, ref sums);
        double total = Vector.Sum(sums);
        foreach (float last in all[added..]) total += (double)last * last;
        return total;
    }

    // As many as fill whole vectors, each position to its own sum.
    private static int AddSquares(ReadOnlySpan<float> values, ref Vector<double> sums)
    {
        Vector<double> sum = sums;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> low, out Vector<double> high);
            sum += low * low + high * high;
        }
        sums = sum;
        return i;
    }
}
