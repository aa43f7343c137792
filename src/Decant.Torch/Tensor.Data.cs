using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Data in and out.</summary>
public sealed unsafe partial class Tensor
{
    private static readonly Operator empty = new("empty", "memory_format");
    private static readonly Operator zeros = new("zeros");
    private static readonly Operator full = new("full");
    private static readonly Operator arange = new("arange");
    private static readonly Operator copyInPlace = new("copy_");

    /// <summary>A CPU tensor with a copy of the values.</summary>
    /// <typeparam name="T">float, double, long, int, short, byte, sbyte, bool or Half.</typeparam>
    /// <param name="values">Row-major, as many as the shape holds.</param>
    /// <param name="shape">Sizes, outermost first; none gives a scalar.</param>
    public static Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(values), DTypeOf<T>(), shape);

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public static Tensor From<T>(T[] values, params ReadOnlySpan<long> shape) where T : unmanaged =>
        From((ReadOnlySpan<T>)values, shape);

    /// <summary>A CPU tensor from raw little-endian bytes.</summary>
    /// <param name="bytes">Row-major; the length must fit dtype and shape.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, DType dtype, params ReadOnlySpan<long> shape)
    {
        fixed (byte* data = bytes)
        fixed (long* sizes = shape)
        {
            Native.Check(Native.FromBytes(data, bytes.Length, dtype, sizes, shape.Length, out nint handle), "from bytes");
            return new Tensor(handle);
        }
    }

    /// <summary>A scalar tensor.</summary>
    /// <param name="value">Its value.</param>
    public static Tensor Scalar(float value) => From([value]);

    /// <summary>A tensor whose values are not set.</summary>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="device">Where it lives.</param>
    public static Tensor Empty(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device device = default)
    {
        fixed (long* s = shape) return empty.Call(NativeValue.Ints(s, shape.Length), dtype, NativeValue.None, device);
    }

    /// <summary>A tensor of zeros.</summary>
    /// <inheritdoc cref="Empty"/>
    public static Tensor Zeros(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device device = default)
    {
        fixed (long* s = shape) return zeros.Call(NativeValue.Ints(s, shape.Length), dtype, NativeValue.None, device);
    }

    /// <summary>Float32 zeros on the CPU of which a page takes memory when it is first written: for large tensors that mostly stay zero.</summary>
    /// <param name="shape">Sizes, outermost first; at least one element.</param>
    internal static Tensor UntouchedZeros(ReadOnlySpan<long> shape)
    {
        fixed (long* sizes = shape)
        {
            Native.Check(Native.UntouchedZeros(sizes, shape.Length, out nint handle), "zeros");
            return new Tensor(handle);
        }
    }

    /// <summary>A tensor with one value everywhere.</summary>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="value">The value.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="device">Where it lives.</param>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, DType dtype = DType.Float32, Device device = default)
    {
        fixed (long* s = shape) return full.Call(NativeValue.Ints(s, shape.Length), value, dtype, NativeValue.None, device);
    }

    /// <summary>0, 1, … <paramref name="count"/> − 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="device">Where it lives.</param>
    public static Tensor Range(long count, DType dtype = DType.Int64, Device device = default) =>
        arange.Call(count, dtype, NativeValue.None, device);

    /// <summary>The bytes of a contiguous CPU tensor, in place: valid while the tensor lives. Writing bypasses autograd.</summary>
    /// <typeparam name="T">The element type, of the size of <see cref="DType"/>.</typeparam>
    public Span<T> Span<T>() where T : unmanaged
    {
        if (DType.ElementSize() != Unsafe.SizeOf<T>()) throw new TorchException($"A tensor of {DType} cannot be seen as {typeof(T).Name}.");
        Native.Check(Native.Data(Handle, out void* data), "data");
        return new Span<T>(data, checked((int)Count));
    }

    /// <summary>The raw bytes of a contiguous CPU tensor, in place: valid while the tensor lives.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            Native.Check(Native.Data(Handle, out void* data), "data");
            return new ReadOnlySpan<byte>(data, checked((int)(Count * DType.ElementSize())));
        }
    }

    /// <summary>Whether it is float32 on the CPU: what Decant's own kernels work on.</summary>
    public bool IsCpuFloat => DType == DType.Float32 && Device.Type == DeviceType.Cpu;

    /// <summary>Address of the first element of a contiguous CPU tensor.</summary>
    internal T* Pointer<T>() where T : unmanaged
    {
        Native.Check(Native.Data(Handle, out void* data), "data");
        return (T*)data;
    }

    /// <summary>A copy of the values, row-major, converted to <typeparamref name="T"/> where needed.</summary>
    /// <typeparam name="T">float, double, long, int, …</typeparam>
    public T[] ToArray<T>() where T : unmanaged
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        return To(DTypeOf<T>()).To(Device.Cpu).Contiguous().Span<T>().ToArray();
    }

    /// <summary>The value of a tensor with one element.</summary>
    public double ToScalar()
    {
        if (Count != 1) throw new TorchException($"{this} has {Count} elements, not one.");
        return ToArray<double>()[0];
    }

    /// <summary>Overwrites the values with another tensor's, converting type and device (<c>copy_</c>).</summary>
    /// <param name="source">Broadcast to this shape.</param>
    public Tensor CopyFrom(Tensor source)
    {
        copyInPlace.Run(this, source);
        return this;
    }

    private static DType DTypeOf<T>() where T : unmanaged => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => DType.Float32,
        TypeCode.Double => DType.Float64,
        TypeCode.Int64 => DType.Int64,
        TypeCode.Int32 => DType.Int32,
        TypeCode.Int16 => DType.Int16,
        TypeCode.Byte => DType.UInt8,
        TypeCode.SByte => DType.Int8,
        TypeCode.Boolean => DType.Bool,
        _ when typeof(T) == typeof(Half) => DType.Float16,
        _ => throw new TorchException($"No element type for {typeof(T).Name}."),
    };
}
