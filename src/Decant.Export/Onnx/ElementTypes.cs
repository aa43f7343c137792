using Decant.Torch;

namespace Decant.Export.Onnx;

/// <summary>Element types by ONNX's numbers (<c>TensorProto.DataType</c>).</summary>
internal static class ElementTypes
{
    private static readonly Dictionary<DType, int> Numbers = new()
    {
        [DType.Float32] = 1, [DType.UInt8] = 2, [DType.Int8] = 3, [DType.Int32] = 6, [DType.Int64] = 7, [DType.Bool] = 9, [DType.Float16] = 10, [DType.Float64] = 11,
    };

    /// <summary>The number of a type.</summary>
    public static int Number(DType dtype) => Numbers[dtype];

    /// <summary>The type of a number.</summary>
    /// <exception cref="DecantException">It is none that is read here.</exception>
    public static DType Of(long number) => Numbers.FirstOrDefault(n => n.Value == number) is { Value: > 0 } found
        ? found.Key
        : throw new DecantException($"The ONNX element type {number} is not read here.");
}
