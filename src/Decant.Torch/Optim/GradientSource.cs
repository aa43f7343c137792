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
    /// <param name="zero">Whether all of it is known to be zero.</param>
    public ReadOnlySpan<float> Read(long start, int length, out bool zero)
    {
        zero = false;
        if (Rows is null) return new(whole + start, length);
        if (scratch is null || scratch.Length < length) scratch = new float[length];
        Span<float> stretch = scratch.AsSpan(0, length);
        zero = !Rows.Fill(start, stretch);
        return stretch;
    }
}
