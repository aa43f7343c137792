using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Decant.Inference.Kernels;

/// <summary>AVX2 with FMA: 8 floats, 16 registers.</summary>
internal readonly unsafe struct Simd256 : ISimd<Vector256<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => Vector256<float>.Count;

    public static int Registers => 16;

    [MethodImpl(Inline)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(Inline)]
    public static Vector256<float> Load(float* from) => Vector256.Load(from);

    [MethodImpl(Inline)]
    public static void Store(Vector256<float> value, float* to) => Vector256.Store(value, to);

    [MethodImpl(Inline)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.Min(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.Max(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector256<float> Round(Vector256<float> a) => Vector256.Round(a);

    [MethodImpl(Inline)]
    public static Vector256<float> PowerOfTwo(Vector256<float> exponent) =>
        ((Vector256.ConvertToInt32Native(exponent) + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(Inline)]
    public static Vector256<float> First(Vector256<float> a, int lanes) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(lanes)).AsSingle(), a, Vector256<float>.Zero);

    [MethodImpl(Inline)]
    public static float Sum(Vector256<float> a) => Vector256.Sum(a);

    [MethodImpl(Inline)]
    public static float Largest(Vector256<float> a)
    {
        Vector128<float> half = Vector128.Max(a.GetLower(), a.GetUpper());
        return Simd128.Largest(half);
    }
}
