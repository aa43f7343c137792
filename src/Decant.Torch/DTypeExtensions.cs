namespace Decant.Torch;

/// <summary>What follows from an element type alone.</summary>
public static class DTypeExtensions
{
    /// <summary>Bytes that one element takes in memory and in files: 1, 2, 4 or 8.</summary>
    /// <param name="dtype">The element type.</param>
    public static int ElementSize(this DType dtype) => dtype switch
    {
        DType.Float64 or DType.Int64 => 8,
        DType.Float32 or DType.Int32 => 4,
        DType.Float16 or DType.BFloat16 or DType.Int16 => 2,
        DType.Int8 or DType.UInt8 or DType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
    };

    /// <summary>Whether the elements are floating-point numbers (of any width).</summary>
    /// <param name="dtype">The element type.</param>
    public static bool IsFloatingPoint(this DType dtype) =>
        dtype is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16;
}
