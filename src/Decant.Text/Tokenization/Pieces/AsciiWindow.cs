using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>Sixteen UTF-16 units at once: how many of the first are ASCII letters or digits, and those as (lower-case) bytes.</summary>
internal static class AsciiWindow
{
    /// <summary>How many units are looked at.</summary>
    public const int Size = 16;

    /// <summary>Zero beyond the first n bytes: a window into this row that starts at 16 − n.</summary>
    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The number of leading letters and digits, 16 at most; <paramref name="bytes"/> has them, and more behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scan(ref char at, bool lowercase, out Vector128<byte> bytes)
    {
        ref ushort units = ref Unsafe.As<char, ushort>(ref at);
        Vector128<byte> raw = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref units), Vector128.LoadUnsafe(ref units, 8));
        Vector128<byte> lower = raw | Vector128.Create((byte)0x20);
        Vector128<byte> letter = Vector128.LessThan(lower - Vector128.Create((byte)'a'), Vector128.Create((byte)26));
        Vector128<byte> digit = Vector128.LessThan(raw - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
        // A digit has the 0x20 bit already, so one "or" lower-cases both.
        bytes = lowercase ? lower : raw;
        return BitOperations.TrailingZeroCount(~(letter | digit).ExtractMostSignificantBits());
    }

    /// <summary>The first <paramref name="length"/> bytes with zeros behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Keep(Vector128<byte> bytes, int length) =>
        bytes & Vector128.LoadUnsafe(ref Unsafe.AsRef(in Masks[0]), (nuint)(Size - length));
}
