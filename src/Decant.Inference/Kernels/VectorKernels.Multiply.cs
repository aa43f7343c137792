using System.Runtime.CompilerServices;

namespace Decant.Inference.Kernels;

// Every tile of the result stays in registers while the inner dimension goes by: a row of the panel is loaded once for all rows of
// the tile. Tiles of a panel follow each other, so that the panel is read from the nearest cache.
internal sealed unsafe partial class VectorKernels<TVector, TSimd>
{
    public override void Multiply(float* a, nint aStride, int rows, int inner, float* panels, nint rowStride, nint panelStride, int columns, float* bias, float* c, nint cStride)
    {
        float* none = stackalloc float[PanelWidth];
        new Span<float>(none, PanelWidth).Clear();
        for (int column = 0; column < columns; column += PanelWidth, panels += panelStride)
        {
            float* start = bias == null ? none : bias + column;
            float* to = c + column;
            int row = 0;
            if (TSimd.Registers >= 32)
                for (; row + 8 <= rows; row += 8)
                    Tile8(a + row * aStride, aStride, inner, panels, rowStride, start, to + row * cStride, cStride);
            for (; row + 4 <= rows; row += 4)
                Tile4(a + row * aStride, aStride, inner, panels, rowStride, start, to + row * cStride, cStride);
            for (; row < rows; row++)
                Tile1(a + row * aStride, inner, panels, rowStride, start, to + row * cStride);
        }
    }

    [MethodImpl(Hot)]
    private static void Tile8(float* a0, nint aStride, nint inner, float* b, nint bStride, float* start, float* c, nint cStride)
    {
        float* a1 = a0 + aStride, a2 = a1 + aStride, a3 = a2 + aStride, a4 = a3 + aStride, a5 = a4 + aStride, a6 = a5 + aStride, a7 = a6 + aStride;
        TVector b0 = TSimd.Load(start), b1 = TSimd.Load(start + TSimd.Width), b2 = TSimd.Load(start + 2 * TSimd.Width);
        TVector c00 = b0, c01 = b1, c02 = b2, c10 = b0, c11 = b1, c12 = b2, c20 = b0, c21 = b1, c22 = b2, c30 = b0, c31 = b1, c32 = b2;
        TVector c40 = b0, c41 = b1, c42 = b2, c50 = b0, c51 = b1, c52 = b2, c60 = b0, c61 = b1, c62 = b2, c70 = b0, c71 = b1, c72 = b2;
        for (nint k = 0; k < inner; k++, b += bStride)
        {
            b0 = TSimd.Load(b);
            b1 = TSimd.Load(b + TSimd.Width);
            b2 = TSimd.Load(b + 2 * TSimd.Width);
            TVector x = TSimd.Broadcast(a0[k]);
            (c00, c01, c02) = (TSimd.MultiplyAdd(x, b0, c00), TSimd.MultiplyAdd(x, b1, c01), TSimd.MultiplyAdd(x, b2, c02));
            x = TSimd.Broadcast(a1[k]);
            (c10, c11, c12) = (TSimd.MultiplyAdd(x, b0, c10), TSimd.MultiplyAdd(x, b1, c11), TSimd.MultiplyAdd(x, b2, c12));
            x = TSimd.Broadcast(a2[k]);
            (c20, c21, c22) = (TSimd.MultiplyAdd(x, b0, c20), TSimd.MultiplyAdd(x, b1, c21), TSimd.MultiplyAdd(x, b2, c22));
            x = TSimd.Broadcast(a3[k]);
            (c30, c31, c32) = (TSimd.MultiplyAdd(x, b0, c30), TSimd.MultiplyAdd(x, b1, c31), TSimd.MultiplyAdd(x, b2, c32));
            x = TSimd.Broadcast(a4[k]);
            (c40, c41, c42) = (TSimd.MultiplyAdd(x, b0, c40), TSimd.MultiplyAdd(x, b1, c41), TSimd.MultiplyAdd(x, b2, c42));
            x = TSimd.Broadcast(a5[k]);
            (c50, c51, c52) = (TSimd.MultiplyAdd(x, b0, c50), TSimd.MultiplyAdd(x, b1, c51), TSimd.MultiplyAdd(x, b2, c52));
            x = TSimd.Broadcast(a6[k]);
            (c60, c61, c62) = (TSimd.MultiplyAdd(x, b0, c60), TSimd.MultiplyAdd(x, b1, c61), TSimd.MultiplyAdd(x, b2, c62));
            x = TSimd.Broadcast(a7[k]);
            (c70, c71, c72) = (TSimd.MultiplyAdd(x, b0, c70), TSimd.MultiplyAdd(x, b1, c71), TSimd.MultiplyAdd(x, b2, c72));
        }
        Store(c, c00, c01, c02);
        Store(c += cStride, c10, c11, c12);
        Store(c += cStride, c20, c21, c22);
        Store(c += cStride, c30, c31, c32);
        Store(c += cStride, c40, c41, c42);
        Store(c += cStride, c50, c51, c52);
        Store(c += cStride, c60, c61, c62);
        Store(c + cStride, c70, c71, c72);
    }

    [MethodImpl(Hot)]
    private static void Tile4(float* a0, nint aStride, nint inner, float* b, nint bStride, float* start, float* c, nint cStride)
    {
        float* a1 = a0 + aStride, a2 = a1 + aStride, a3 = a2 + aStride;
        TVector b0 = TSimd.Load(start), b1 = TSimd.Load(start + TSimd.Width), b2 = TSimd.Load(start + 2 * TSimd.Width);
        TVector c00 = b0, c01 = b1, c02 = b2, c10 = b0, c11 = b1, c12 = b2, c20 = b0, c21 = b1, c22 = b2, c30 = b0, c31 = b1, c32 = b2;
        for (nint k = 0; k < inner; k++, b += bStride)
        {
            b0 = TSimd.Load(b);
            b1 = TSimd.Load(b + TSimd.Width);
            b2 = TSimd.Load(b + 2 * TSimd.Width);
            TVector x = TSimd.Broadcast(a0[k]);
            (c00, c01, c02) = (TSimd.MultiplyAdd(x, b0, c00), TSimd.MultiplyAdd(x, b1, c01), TSimd.MultiplyAdd(x, b2, c02));
            x = TSimd.Broadcast(a1[k]);
            (c10, c11, c12) = (TSimd.MultiplyAdd(x, b0, c10), TSimd.MultiplyAdd(x, b1, c11), TSimd.MultiplyAdd(x, b2, c12));
            x = TSimd.Broadcast(a2[k]);
            (c20, c21, c22) = (TSimd.MultiplyAdd(x, b0, c20), TSimd.MultiplyAdd(x, b1, c21), TSimd.MultiplyAdd(x, b2, c22));
            x = TSimd.Broadcast(a3[k]);
            (c30, c31, c32) = (TSimd.MultiplyAdd(x, b0, c30), TSimd.MultiplyAdd(x, b1, c31), TSimd.MultiplyAdd(x, b2, c32));
        }
        Store(c, c00, c01, c02);
        Store(c += cStride, c10, c11, c12);
        Store(c += cStride, c20, c21, c22);
        Store(c + cStride, c30, c31, c32);
    }

    // One row: two steps of the inner dimension at once, so that sums need not wait for each other.
    [MethodImpl(Hot)]
    private static void Tile1(float* a, nint inner, float* b, nint bStride, float* start, float* c)
    {
        TVector c0 = TSimd.Load(start), c1 = TSimd.Load(start + TSimd.Width), c2 = TSimd.Load(start + 2 * TSimd.Width);
        TVector d0 = TSimd.Broadcast(0), d1 = d0, d2 = d0;
        nint k = 0;
        for (; k + 2 <= inner; k += 2, b += 2 * bStride)
        {
            TVector x = TSimd.Broadcast(a[k]), y = TSimd.Broadcast(a[k + 1]);
            float* next = b + bStride;
            c0 = TSimd.MultiplyAdd(x, TSimd.Load(b), c0);
            c1 = TSimd.MultiplyAdd(x, TSimd.Load(b + TSimd.Width), c1);
            c2 = TSimd.MultiplyAdd(x, TSimd.Load(b + 2 * TSimd.Width), c2);
            d0 = TSimd.MultiplyAdd(y, TSimd.Load(next), d0);
            d1 = TSimd.MultiplyAdd(y, TSimd.Load(next + TSimd.Width), d1);
            d2 = TSimd.MultiplyAdd(y, TSimd.Load(next + 2 * TSimd.Width), d2);
        }
        if (k < inner)
        {
            TVector x = TSimd.Broadcast(a[k]);
            c0 = TSimd.MultiplyAdd(x, TSimd.Load(b), c0);
            c1 = TSimd.MultiplyAdd(x, TSimd.Load(b + TSimd.Width), c1);
            c2 = TSimd.MultiplyAdd(x, TSimd.Load(b + 2 * TSimd.Width), c2);
        }
        Store(c, TSimd.Add(c0, d0), TSimd.Add(c1, d1), TSimd.Add(c2, d2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* to, TVector first, TVector second, TVector third)
    {
        TSimd.Store(first, to);
        TSimd.Store(second, to + TSimd.Width);
        TSimd.Store(third, to + 2 * TSimd.Width);
    }
}
