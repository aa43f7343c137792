using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>
/// Vectors of numbers in a record: float32, float16 and bfloat16 as they are, little-endian; int8 as one float32 scale
/// (largest magnitude ÷ 127) and one signed byte a number, x ≈ scale · q.
/// </summary>
/// <param name="dtype">Float32, Float16, BFloat16 or Int8.</param>
internal sealed class ValueCodec(DType dtype)
{
    private const int ScaleSize = 4, Levels = 127;

    /// <summary>The element type.</summary>
    public DType DType { get; } = dtype is DType.Float32 or DType.Float16 or DType.BFloat16 or DType.Int8
        ? dtype : throw new DecantException($"A knowledge store cannot hold {dtype} values; choose float32, float16, bfloat16 or int8.");

    /// <summary>Bytes of a vector.</summary>
    public int Size(int count) => DType == DType.Int8 ? count == 0 ? 0 : ScaleSize + count : checked(count * DType.ElementSize());

    /// <summary>Writes a vector; the span has its <see cref="Size"/>.</summary>
    /// <exception cref="DecantException">A value is not finite, or is too large for the type.</exception>
    public void Encode(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        if (values.IsEmpty) return;
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        if (!float.IsFinite(largest)) throw new DecantException("The teacher's knowledge holds a value that is not finite. Its weights are damaged, or it overflowed; evaluate it before it teaches.");
        switch (DType)
        {
            case DType.Float32:
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case DType.Float16:
                if (largest > (float)Half.MaxValue) throw new DecantException($"The teacher's knowledge holds the value {largest}, which float16 cannot hold (65504 at most). Build the store with bfloat16 or float32.");
                TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes));
                break;
            case DType.BFloat16:
                Span<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < values.Length; i++) upper[i] = ToBFloat16(values[i]);
                break;
            default:
                float scale = largest / Levels;
                BinaryPrimitives.WriteSingleLittleEndian(bytes, scale);
                Span<sbyte> steps = MemoryMarshal.Cast<byte, sbyte>(bytes[ScaleSize..]);
                for (int i = 0; i < values.Length; i++) steps[i] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(values[i] / scale);
                break;
        }
    }

    /// <summary>Reads a vector; the spans have one vector's sizes.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (values.IsEmpty) return;
        switch (DType)
        {
            case DType.Float32:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case DType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case DType.BFloat16:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < values.Length; i++) values[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
            default:
                float scale = BinaryPrimitives.ReadSingleLittleEndian(bytes);
                ReadOnlySpan<sbyte> steps = MemoryMarshal.Cast<byte, sbyte>(bytes[ScaleSize..]);
                for (int i = 0; i < values.Length; i++) values[i] = scale * steps[i];
                break;
        }
    }

    // Round to nearest, ties to even; the largest numbers round to infinity only beyond bfloat16's own range, so they are cut instead.
    private static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
        return (ushort)((rounded & 0x7F80) == 0x7F80 ? bits >> 16 : rounded);
    }
}
