using System.Buffers.Binary;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>Writes bits into zeroed bytes, from the lowest bit of each.</summary>
internal ref struct BitWriter(Span<byte> bytes)
{
    private readonly Span<byte> bytes = bytes;

    /// <summary>Bits written so far.</summary>
    public long Position { get; private set; }

    /// <summary>Writes the lowest bits of a number.</summary>
    /// <param name="value">Below 2^width.</param>
    /// <param name="width">0 to 32.</param>
    public void Write(uint value, int width)
    {
        for (int left = width; left > 0;)
        {
            int at = (int)(Position >> 3), used = (int)(Position & 7), taken = Math.Min(8 - used, left);
            bytes[at] |= (byte)((value & ((1u << taken) - 1)) << used);
            value >>= taken;
            left -= taken;
            Position += taken;
        }
    }

    /// <summary>Leaves bits zero.</summary>
    public void Skip(int bits) => Position += bits;
}

/// <summary>Reads what <see cref="BitWriter"/> wrote; beyond the end everything is zero.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private ulong window;
    private int held, at;

    /// <summary>Reads a number.</summary>
    /// <param name="width">0 to 32 bits.</param>
    public uint Read(int width)
    {
        if (held < width) Refill();
        uint value = (uint)(window & ((1UL << width) - 1));
        Drop(width);
        return value;
    }

    /// <summary>Counts zeros up to the next one, and passes that.</summary>
    /// <returns>The zeros; −1 when there is no one until the end.</returns>
    public int ReadUnary()
    {
        for (int zeros = 0; ;)
        {
            if (held < 32) Refill();
            int run = System.Numerics.BitOperations.TrailingZeroCount(window);
            if (run < held)
            {
                Drop(run + 1);
                return zeros + run;
            }
            if (at == bytes.Length) return -1;
            zeros += held;
            Drop(held);
        }
    }

    private void Drop(int bits)
    {
        window = bits < 64 ? window >> bits : 0;
        held = Math.Max(0, held - bits);
    }

    private void Refill()
    {
        if (held <= 32 && bytes.Length - at >= 4)
        {
            window |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) << held;
            held += 32;
            at += 4;
        }
        else
            for (; held <= 56 && at < bytes.Length; at++, held += 8) window |= (ulong)bytes[at] << held;
    }
}
