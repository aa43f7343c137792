using System.Numerics;

namespace Decant.Distillation.Reports.TensorBoard;

/// <summary>The checksum of TFRecord files: CRC-32C, rotated and offset so that a checksum of checksums stays useful.</summary>
internal static class MaskedCrc32C
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>The masked checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C.Of(bytes), 15) + MaskDelta;
}
