using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Decant.Inference.Kernels;

/// <summary>AVX-512: 16 floats, 32 registers.</summary>
internal readonly unsafe struct Simd512 : ISimd<Vector512<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => Vector512<float>.Count;

    public static int Registers => 32;

    [MethodImpl(Inline)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    public static Vector512<float> Load(float* from) => Vector512.Load(from);

    [MethodImpl(Inline)]
    public static void Store(Vector512<float> value, float* to) => Vector512.Store(value, to);

    [MethodImpl(Inline)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.Min(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.Max(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector512<float> Round(Vector512<float> a) => Vector512.Round(a);

    [MethodImpl(Inline)]
    public static Vector512<float> PowerOfTwo(Vector512<float> exponent) =>
        ((Vector512.ConvertToInt32Native(exponent) + Vector512.Create(127)) << 23).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> First(Vector512<float> a, int lanes) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle(), a, Vector512<float>.Zero);

    [MethodImpl(Inline)]
    public static float Sum(Vector512<float> a) => Vector512.Sum(a);

    [MethodImpl(Inline)]
    public static float Largest(Vector512<float> a)
    {
        Vector256<float> half = Vector256.Max(a.GetLower(), a.GetUpper());
        return Simd256.Largest(half);
    }
}
