namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>Whole numbers from 0 in as many bytes as they need: seven bits a byte, lowest first, the eighth bit set on all but the last (LEB128).</summary>
internal static class VarInt
{
    /// <summary>Most bytes of a number.</summary>
    public const int MaxSize = 5;

    /// <summary>Writes a number.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(int value, Span<byte> bytes)
    {
        int at = 0;
        for (uint left = (uint)value; ; left >>= 7)
        {
            bytes[at++] = (byte)(left < 0x80 ? left : left | 0x80);
            if (left < 0x80) return at;
        }
    }

    /// <summary>Reads a number and moves past it.</summary>
    /// <returns>The number; −1 when there is none.</returns>
    public static int Read(ref ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (int at = 0; at < Math.Min(bytes.Length, MaxSize); at++)
        {
            value |= (uint)(bytes[at] & 0x7F) << (7 * at);
            if (bytes[at] >= 0x80) continue;
            bytes = bytes[(at + 1)..];
            return value <= int.MaxValue ? (int)value : -1;
        }
        return -1;
    }
}
