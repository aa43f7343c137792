using System.Runtime.InteropServices;

namespace Decant.Torch.Interop;

/// <summary>One tagged argument or result of an operator (<c>decant_value</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeValue
{
    private enum Kind : long { None, Tensor, Int, Double, Bool, IntList, TensorList, String, Device, DoubleList, OptionalTensorList }

    private readonly Kind tag;
    private readonly long a;
    private readonly long b;

    private NativeValue(Kind tag, long a, long b = 0) => (this.tag, this.a, this.b) = (tag, a, b);

    public static NativeValue None => default;
    public bool IsTensor => tag == Kind.Tensor;
    public nint Handle => (nint)a;
    public long Integer => a;

    public static implicit operator NativeValue(Tensor? t) => t is null ? None : new(Kind.Tensor, t.Handle);
    public static implicit operator NativeValue(long v) => new(Kind.Int, v);
    public static implicit operator NativeValue(DType v) => new(Kind.Int, (long)v);
    public static implicit operator NativeValue(double v) => new(Kind.Double, BitConverter.DoubleToInt64Bits(v));
    public static implicit operator NativeValue(bool v) => new(Kind.Bool, v ? 1 : 0);
    public static implicit operator NativeValue(Device v) => new(Kind.Device, (long)v.Type, v.Index);

    /// <summary>A list of integers; the memory must stay where it is during the call.</summary>
    public static NativeValue Ints(long* values, int count) => new(Kind.IntList, (long)values, count);

    /// <summary>A list of tensor handles; the memory must stay where it is during the call.</summary>
    public static NativeValue Tensors(nint* handles, int count) => new(Kind.TensorList, (long)handles, count);

    /// <summary>A list of optional tensors (0 is none); the memory must stay where it is during the call.</summary>
    public static NativeValue OptionalTensors(nint* handles, int count) => new(Kind.OptionalTensorList, (long)handles, count);

    /// <summary>A string; the memory must stay where it is during the call.</summary>
    public static NativeValue Utf8(byte* bytes, int count) => new(Kind.String, (long)bytes, count);
}
