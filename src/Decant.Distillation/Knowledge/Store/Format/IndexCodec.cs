using System.Numerics;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>
/// k different numbers below n, ascending, where both are known from elsewhere: nothing when all are there, else a bitmap (n bits)
/// or each number packed into ⌈log₂ n⌉ bits, whichever is smaller (the bitmap at a tie). Bytes are filled from their lowest bit.
/// </summary>
internal static class IndexCodec
{
    /// <summary>Bytes of k numbers below n.</summary>
    public static int Size(int k, int n) => k == 0 || k == n ? 0 : Bytes(IsBitmap(k, n) ? n : (long)k * Width(n));

    /// <summary>Writes numbers.</summary>
    /// <param name="indices">Ascending.</param>
    /// <param name="n">The bound.</param>
    /// <param name="bytes">As long as <see cref="Size"/> says.</param>
    public static void Encode(ReadOnlySpan<int> indices, int n, Span<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        bytes.Clear();
        if (IsBitmap(indices.Length, n))
        {
            foreach (int index in indices) bytes[index >> 3] |= (byte)(1 << (index & 7));
            return;
        }
        var bits = new BitWriter(bytes);
        int width = Width(n);
        foreach (int index in indices) bits.Write((uint)index, width);
    }

    /// <summary>Reads numbers back.</summary>
    /// <param name="bytes">As long as <see cref="Size"/> says.</param>
    /// <param name="n">The bound.</param>
    /// <param name="indices">Receives them, ascending; its length is k.</param>
    /// <returns>False when the bytes are not what <see cref="Encode"/> writes.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, int n, Span<int> indices)
    {
        if (indices.IsEmpty) return true;
        if (indices.Length == n)
        {
            for (int i = 0; i < n; i++) indices[i] = i;
            return true;
        }
        return IsBitmap(indices.Length, n) ? FromBitmap(bytes, n, indices) : FromPacked(bytes, n, indices);
    }

    private static bool FromBitmap(ReadOnlySpan<byte> bytes, int n, Span<int> indices)
    {
        int count = 0;
        for (int at = 0; at < bytes.Length; at++)
            for (uint bits = bytes[at]; bits != 0; bits &= bits - 1)
            {
                int index = at * 8 + BitOperations.TrailingZeroCount(bits);
                if (count == indices.Length || index >= n) return false;
                indices[count++] = index;
            }
        return count == indices.Length;
    }

    private static bool FromPacked(ReadOnlySpan<byte> bytes, int n, Span<int> indices)
    {
        var bits = new BitReader(bytes);
        int width = Width(n), previous = -1;
        for (int i = 0; i < indices.Length; i++)
        {
            int index = (int)bits.Read(width);
            if (index <= previous || index >= n) return false;
            indices[i] = previous = index;
        }
        return true;
    }

    private static bool IsBitmap(int k, int n) => n <= (long)k * Width(n);

    private static int Width(int n) => 32 - BitOperations.LeadingZeroCount((uint)(n - 1));

    private static int Bytes(long bits) => checked((int)((bits + 7) / 8));
}
