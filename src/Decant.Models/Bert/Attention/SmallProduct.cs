using System.Runtime.Intrinsics;

namespace Decant.Models.Bert.Attention;

/// <summary>
/// Products of the small matrices of one attention head, which lie in the processor's cache: a matrix library takes longer to begin
/// with one than to multiply it.
/// </summary>
internal static unsafe class SmallProduct
{
    /// <summary>What <see cref="Multiply"/>'s width is a multiple of.</summary>
    public const int Block = 16;

    /// <summary>C = A B, or C + A B.</summary>
    /// <param name="a">[rows, depth]</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aStep">From one element of a row of A to the next; with both exchanged, A is transposed.</param>
    /// <param name="b">[depth, width]</param>
    /// <param name="c">[rows, width]; read only for a sum.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="width">Columns of B and C, and from one of their rows to the next; a multiple of <see cref="Block"/>.</param>
    /// <param name="add">Whether to add to C.</param>
    public static void Multiply(float* a, int aRow, int aStep, float* b, float* c, int rows, int depth, int width, bool add = false)
    {
        for (int column = 0; column < width; column += Block)
        {
            int row = 0;
            for (; row <= rows - 4; row += 4) FourRows(a + (nint)row * aRow, aRow, aStep, b + column, c + (nint)row * width + column, depth, width, add);
            for (; row < rows; row++) OneRow(a + (nint)row * aRow, aStep, b + column, c + (nint)row * width + column, depth, width, add);
        }
    }

    // Eight sums at a time keep the processor's multipliers busy. An estimate, which may or may not be fused, would make the last
    // bits depend on when the runtime compiles the method again.
    private static void FourRows(float* a, nint aRow, nint aStep, float* b, float* c, int depth, int width, bool add)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (int k = 0; k < depth; k++, a += aStep, b += width)
        {
            Vector256<float> left = Vector256.Load(b), right = Vector256.Load(b + 8), factor = Vector256.Create(*a);
            a0 = Vector256.FusedMultiplyAdd(factor, left, a0);
            a1 = Vector256.FusedMultiplyAdd(factor, right, a1);
            factor = Vector256.Create(a[aRow]);
            b0 = Vector256.FusedMultiplyAdd(factor, left, b0);
            b1 = Vector256.FusedMultiplyAdd(factor, right, b1);
            factor = Vector256.Create(a[2 * aRow]);
            c0 = Vector256.FusedMultiplyAdd(factor, left, c0);
            c1 = Vector256.FusedMultiplyAdd(factor, right, c1);
            factor = Vector256.Create(a[3 * aRow]);
            d0 = Vector256.FusedMultiplyAdd(factor, left, d0);
            d1 = Vector256.FusedMultiplyAdd(factor, right, d1);
        }
        Put(c, a0, a1, add);
        Put(c + width, b0, b1, add);
        Put(c + 2 * width, c0, c1, add);
        Put(c + 3 * width, d0, d1, add);
    }

    private static void OneRow(float* a, nint aStep, float* b, float* c, int depth, int width, bool add)
    {
        Vector256<float> left = default, right = default;
        for (int k = 0; k < depth; k++, a += aStep, b += width)
        {
            Vector256<float> factor = Vector256.Create(*a);
            left = Vector256.FusedMultiplyAdd(factor, Vector256.Load(b), left);
            right = Vector256.FusedMultiplyAdd(factor, Vector256.Load(b + 8), right);
        }
        Put(c, left, right, add);
    }

    private static void Put(float* c, Vector256<float> left, Vector256<float> right, bool add)
    {
        if (add)
        {
            left += Vector256.Load(c);
            right += Vector256.Load(c + 8);
        }
        left.Store(c);
        right.Store(c + 8);
    }
}
