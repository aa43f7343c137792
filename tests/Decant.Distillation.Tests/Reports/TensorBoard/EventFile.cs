using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Decant.Distillation.Tests.Reports.TensorBoard;

/// <summary>One event as TensorBoard would see it.</summary>
internal sealed record ReadEvent(double WallTime, long Step, string? FileVersion, int? SessionStatus, string? Tag, float? Value, string? Plugin, string? Text);

/// <summary>Reads event files back, checking lengths and checksums, independently of the writer.</summary>
internal static class EventFile
{
    public static List<ReadEvent> Read(string path)
    {
        byte[] bytes;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        var events = new List<ReadEvent>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            Assert.Equal(Masked(bytes.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Event(bytes[(at + 12)..(at + 12 + length)]));
            at += length + 16;
        }
        return events;
    }

    /// <summary>Bit by bit from the definition: reflected polynomial 0x82F63B78, then the mask of TFRecord.</summary>
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private static ReadEvent Event(byte[] bytes)
    {
        var fields = Fields(bytes);
        var summary = fields.TryGetValue(5, out object? s) ? Fields(Fields((byte[])s).Values.Cast<byte[]>().Single()) : [];
        return new ReadEvent(
            BitConverter.UInt64BitsToDouble((ulong)fields[1]),
            (long)(ulong)fields.GetValueOrDefault(2, 0UL),
            fields.TryGetValue(3, out object? version) ? Utf8(version) : null,
            fields.TryGetValue(7, out object? session) ? (int)(ulong)Fields((byte[])session)[1] : null,
            summary.TryGetValue(1, out object? tag) ? Utf8(tag) : null,
            summary.TryGetValue(2, out object? value) ? BitConverter.UInt32BitsToSingle((uint)value) : null,
            summary.TryGetValue(9, out object? metadata) ? Utf8(Fields((byte[])Fields((byte[])metadata)[1])[1]) : null,
            summary.TryGetValue(8, out object? tensor) ? Utf8(Fields((byte[])tensor)[8]) : null);
    }

    private static string Utf8(object bytes) => System.Text.Encoding.UTF8.GetString((byte[])bytes);

    private static Dictionary<int, object> Fields(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        var fields = new Dictionary<int, object>();
        while (input.ReadTag() is not 0 and uint tag)
            fields.Add(WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => input.ReadFixed32(),
                _ => input.ReadBytes().ToByteArray(),
            });
        return fields;
    }
}
