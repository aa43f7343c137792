using System.Buffers.Binary;

namespace Decant.Distillation.Reports.TensorBoard;

/// <summary>
/// Writes TFRecord framing: length (8 bytes, little-endian), masked CRC-32C of the length, payload, masked CRC-32C of the payload.
/// </summary>
internal static class RecordWriter
{
    /// <summary>Appends one record in one write, so that a reader never sees half of it without knowing.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> payload)
    {
        var record = new byte[payload.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc32C.Of(record.AsSpan(0, 8)));
        payload.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + payload.Length), MaskedCrc32C.Of(payload));
        stream.Write(record);
    }
}
