using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Decant.Inference.Kernels;

/// <summary>What every processor has (NEON, SSE): 4 floats.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector128<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => Vector128<float>.Count;

    public static int Registers => System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? 32 : 16;

    [MethodImpl(Inline)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(Inline)]
    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    [MethodImpl(Inline)]
    public static void Store(Vector128<float> value, float* to) => Vector128.Store(value, to);

    [MethodImpl(Inline)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.Min(a, b);

    [MethodImpl(Inline)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.Max(a, b);

    [MethodImpl(Inline)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector128<float> Round(Vector128<float> a) => Vector128.Round(a);

    [MethodImpl(Inline)]
    public static Vector128<float> PowerOfTwo(Vector128<float> exponent) =>
        ((Vector128.ConvertToInt32Native(exponent) + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(Inline)]
    public static Vector128<float> First(Vector128<float> a, int lanes) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(lanes)).AsSingle(), a, Vector128<float>.Zero);

    [MethodImpl(Inline)]
    public static float Sum(Vector128<float> a) => Vector128.Sum(a);

    [MethodImpl(Inline)]
    public static float Largest(Vector128<float> a)
    {
        Vector128<float> pairs = Vector128.Max(a, Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(pairs[0], pairs[1]);
    }
}
