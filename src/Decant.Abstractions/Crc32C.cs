using System.Buffers.Binary;
using System.Numerics;

namespace Decant;

/// <summary>CRC-32C (Castagnoli), the checksum of our binary files: initial value and final inversion all ones, reflected polynomial 0x82F63B78.</summary>
public static class Crc32C
{
    /// <summary>The checksum of some bytes; 0xE3069283 for the nine ASCII digits <c>123456789</c>.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
