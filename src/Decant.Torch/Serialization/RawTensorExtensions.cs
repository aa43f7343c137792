using System.Runtime.InteropServices;

namespace Decant.Torch.Serialization;

/// <summary>Copies of a raw tensor's elements as .NET numbers.</summary>
public static class RawTensorExtensions
{
    /// <summary>The elements, row-major, converted to single precision.</summary>
    /// <param name="tensor">A tensor of any element type; doubles and large integers are rounded.</param>
    public static float[] ToSingles(this RawTensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.Bytes;
        var result = new float[tensor.ElementCount];
        switch (tensor.DType)
        {
            case DType.Float32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(result); break;
            case DType.Float64: Fill(result, MemoryMarshal.Cast<byte, double>(bytes), static x => (float)x); break;
            case DType.Float16: Fill(result, MemoryMarshal.Cast<byte, Half>(bytes), static x => (float)x); break;
            case DType.BFloat16: Fill(result, MemoryMarshal.Cast<byte, ushort>(bytes), static x => BitConverter.UInt32BitsToSingle((uint)x << 16)); break;
            case DType.Int64: Fill(result, MemoryMarshal.Cast<byte, long>(bytes), static x => x); break;
            case DType.Int32: Fill(result, MemoryMarshal.Cast<byte, int>(bytes), static x => x); break;
            case DType.Int16: Fill(result, MemoryMarshal.Cast<byte, short>(bytes), static x => x); break;
            case DType.Int8: Fill(result, MemoryMarshal.Cast<byte, sbyte>(bytes), static x => x); break;
            default: Fill(result, bytes, static x => x); break;
        }
        return result;
    }

    private static void Fill<T>(float[] target, ReadOnlySpan<T> source, Func<T, float> convert)
    {
        for (int i = 0; i < target.Length; i++) target[i] = convert(source[i]);
    }
}
