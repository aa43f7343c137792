using System.Runtime.CompilerServices;

namespace Decant.Inference.Kernels;

internal sealed unsafe partial class VectorKernels<TVector, TSimd>
{
    [MethodImpl(Hot)]
    public override void Gelu(float* x, nint count)
    {
        TVector half = TSimd.Broadcast(0.5f), root = TSimd.Broadcast(0.70710678f);
        for (nint i = 0; i < count; i += TSimd.Width)
        {
            TVector value = TSimd.Load(x + i), halved = TSimd.Multiply(value, half);
            TSimd.Store(TSimd.MultiplyAdd(halved, Erf(TSimd.Multiply(value, root)), halved), x + i);
        }
    }

    [MethodImpl(Hot)]
    public override void Relu(float* x, nint count)
    {
        TVector zero = TSimd.Broadcast(0);
        for (nint i = 0; i < count; i += TSimd.Width) TSimd.Store(TSimd.Max(TSimd.Load(x + i), zero), x + i);
    }

    [MethodImpl(Hot)]
    public override void SoftMax(float* x, int rows, int columns, nint stride)
    {
        int whole = columns - columns % TSimd.Width, rest = columns - whole;
        TVector lowest = TSimd.Broadcast(float.NegativeInfinity);
        for (int row = 0; row < rows; row++, x += stride)
        {
            TVector largest = lowest;
            for (int i = 0; i < whole; i += TSimd.Width) largest = TSimd.Max(largest, TSimd.Load(x + i));
            float top = TSimd.Largest(largest);
            for (int i = whole; i < columns; i++) top = MathF.Max(top, x[i]);

            TVector shift = TSimd.Broadcast(top), sum = TSimd.Broadcast(0);
            for (int i = 0; i < columns; i += TSimd.Width)
            {
                TVector e = Exp(TSimd.Subtract(TSimd.Load(x + i), shift));
                if (i == whole) e = TSimd.First(e, rest);
                sum = TSimd.Add(sum, e);
                TSimd.Store(e, x + i);
            }
            TVector scale = TSimd.Broadcast(1 / TSimd.Sum(sum));
            for (int i = 0; i < columns; i += TSimd.Width) TSimd.Store(TSimd.Multiply(TSimd.Load(x + i), scale), x + i);
        }
    }

    // 2^n e^r with |r| ≤ ln 2 / 2; the series of e^r to the seventh power is exact to a unit in the last place there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp(TVector x)
    {
        x = TSimd.Min(TSimd.Max(x, TSimd.Broadcast(-87)), TSimd.Broadcast(88));
        TVector n = TSimd.Round(TSimd.Multiply(x, TSimd.Broadcast(1.44269504f)));
        TVector r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);
        TVector p = TSimd.Broadcast(1f / 5040);
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1f / 720));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1f / 120));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1f / 24));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1f / 6));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.5f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1));
        return TSimd.Multiply(p, TSimd.PowerOfTwo(n));
    }

    // A rational function of x, as in Eigen's generic_fast_erf_float; beyond ±4 erf is ±1 in single precision.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Erf(TVector x)
    {
        x = TSimd.Min(TSimd.Max(x, TSimd.Broadcast(-4)), TSimd.Broadcast(4));
        TVector s = TSimd.Multiply(x, x);
        TVector p = TSimd.Broadcast(-2.72614225801306e-10f);
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(2.77068142495902e-08f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-2.10102402082508e-06f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-5.69250639462346e-05f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-7.34990630326855e-04f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-2.95459980854025e-03f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-1.60960333262415e-02f));
        TVector q = TSimd.Broadcast(-1.45660718464996e-05f);
        q = TSimd.MultiplyAdd(q, s, TSimd.Broadcast(-2.13374055278905e-04f));
        q = TSimd.MultiplyAdd(q, s, TSimd.Broadcast(-1.68282697438203e-03f));
        q = TSimd.MultiplyAdd(q, s, TSimd.Broadcast(-7.37332916720468e-03f));
        q = TSimd.MultiplyAdd(q, s, TSimd.Broadcast(-1.42647390514189e-02f));
        return TSimd.Divide(TSimd.Multiply(x, p), q);
    }
}
