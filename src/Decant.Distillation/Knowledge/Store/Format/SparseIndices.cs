using System.Numerics;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>
/// A set of numbers below n whose count differs from record to record: the count and the length in bytes as <see cref="VarInt"/>, a byte
/// that names the form, and the smallest of two forms: <see cref="IndexCodec"/>'s (form 0), or the gaps between neighbours in Rice code
/// (form 1), which comes within a few per cent of the entropy of a random choice: 0.47 bits a neuron at one in ten, where a bitmap takes 1.
/// </summary>
internal static class SparseIndices
{
    private const byte Direct = 0, Gaps = 1;

    /// <summary>Most bytes of any set of numbers below n: that of a bitmap.</summary>
    public static int MaxSize(int n) => 2 * VarInt.MaxSize + 1 + (n + 7) / 8;

    /// <summary>The bytes to expect of k numbers below n, chosen at random.</summary>
    public static int TypicalSize(int k, int n)
    {
        int rice = Rice(k, n);
        // A number costs the parameter's bits and one for every step of 2^parameter to its neighbour, the last included.
        double bits = rice + 1 / (1 - Math.Pow(1 - (double)k / n, 1 << rice));
        return 5 + (int)Math.Min(IndexCodec.Size(k, n), Math.Ceiling(k * bits / 8));
    }

    /// <summary>Writes a set.</summary>
    /// <param name="indices">Ascending.</param>
    /// <param name="n">The bound.</param>
    /// <param name="bytes">At least <see cref="MaxSize"/> long.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<int> indices, int n, Span<byte> bytes)
    {
        int direct = IndexCodec.Size(indices.Length, n), gaps = GapBytes(indices, n);
        int size = Math.Min(direct, gaps);
        int at = VarInt.Write(indices.Length, bytes);
        at += VarInt.Write(size, bytes[at..]);
        bytes[at++] = gaps < direct ? Gaps : Direct;
        Span<byte> body = bytes.Slice(at, size);
        if (gaps < direct) WriteGaps(indices, n, body);
        else IndexCodec.Encode(indices, n, body);
        return at + size;
    }

    /// <summary>Reads how many numbers there are and where their bytes are, and moves past them.</summary>
    /// <returns>False when the bytes are no such set.</returns>
    public static bool TryReadHead(ref ReadOnlySpan<byte> bytes, int n, out int count, out byte form, out ReadOnlySpan<byte> body)
    {
        form = 0;
        body = default;
        count = VarInt.Read(ref bytes);
        if (count < 0 || count > n) return false;
        int size = VarInt.Read(ref bytes);
        if (size < 0 || size >= bytes.Length) return false;
        form = bytes[0];
        body = bytes.Slice(1, size);
        bytes = bytes[(1 + size)..];
        return form == Gaps || (form == Direct && size == IndexCodec.Size(count, n));
    }

    /// <summary>Reads the numbers.</summary>
    /// <param name="body">What <see cref="TryReadHead"/> found.</param>
    /// <param name="form">What it found.</param>
    /// <param name="n">The bound.</param>
    /// <param name="indices">Receives them, ascending; as long as the count.</param>
    public static bool TryDecode(ReadOnlySpan<byte> body, byte form, int n, Span<int> indices)
    {
        if (form == Direct) return IndexCodec.TryDecode(body, n, indices);
        var bits = new BitReader(body);
        int rice = Rice(indices.Length, n);
        long previous = -1;
        for (int i = 0; i < indices.Length; i++)
        {
            int high = bits.ReadUnary();
            if (high < 0) return false;
            previous += 1 + ((long)high << rice) + bits.Read(rice);
            if (previous >= n) return false;
            indices[i] = (int)previous;
        }
        return true;
    }

    private static int GapBytes(ReadOnlySpan<int> indices, int n)
    {
        int rice = Rice(indices.Length, n), previous = -1;
        long bits = 0;
        foreach (int index in indices)
        {
            bits += ((index - previous - 1) >> rice) + 1 + rice;
            previous = index;
        }
        return (int)Math.Min(int.MaxValue, (bits + 7) / 8);
    }

    private static void WriteGaps(ReadOnlySpan<int> indices, int n, Span<byte> bytes)
    {
        bytes.Clear();
        var bits = new BitWriter(bytes);
        int rice = Rice(indices.Length, n), previous = -1;
        foreach (int index in indices)
        {
            int gap = index - previous - 1;
            bits.Skip(gap >> rice);
            bits.Write(1, 1);
            bits.Write((uint)gap & ((1u << rice) - 1), rice);
            previous = index;
        }
    }

    // ⌊log₂(ln 2 · n / k)⌋, the best parameter for gaps of a random choice; in whole numbers, so that every machine agrees.
    private static int Rice(int k, int n) => k == 0 ? 0 : BitOperations.Log2((uint)Math.Max(1, (long)n * 693 / ((long)k * 1000)));
}
