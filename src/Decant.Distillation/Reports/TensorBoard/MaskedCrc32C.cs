using System.Numerics;

namespace Decant.Distillation.Reports.TensorBoard;

/// <summary>The checksum of TFRecord files: CRC-32C (Castagnoli), rotated and offset so that a checksum of checksums stays useful.</summary>
internal static class MaskedCrc32C
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>The masked checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C(bytes), 15) + MaskDelta;

    /// <summary>The plain CRC-32C: initial value and final inversion all ones, reflected polynomial 0x82F63B78.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
