using System.Buffers.Binary;

namespace Decant.Export.Protobuf;

/// <summary>Reads protobuf's wire format without copying; every length is checked against what is there.</summary>
internal static class ProtoReader
{
    /// <summary>The fields of a message in their order.</summary>
    /// <exception cref="ProtoException">The bytes are no message.</exception>
    public static IEnumerable<ProtoField> Fields(ReadOnlyMemory<byte> message)
    {
        for (int at = 0; at < message.Length;)
        {
            ulong tag = Varint(message.Span, ref at);
            if (tag >> 3 is 0 or > 0x1FFFFFFF) throw new ProtoException($"there is no field number {tag >> 3}");
            yield return Value(message, (int)(tag >> 3), (WireType)(tag & 7), ref at);
        }
    }

    /// <summary>Integers that lie one behind the other.</summary>
    public static IEnumerable<long> Packed(ReadOnlyMemory<byte> bytes)
    {
        for (int at = 0; at < bytes.Length;) yield return (long)Varint(bytes.Span, ref at);
    }

    private static ProtoField Value(ReadOnlyMemory<byte> message, int number, WireType type, ref int at)
    {
        switch (type)
        {
            case WireType.Varint:
                return new(number, type, Varint(message.Span, ref at), default);
            case WireType.Fixed32:
                return new(number, type, BinaryPrimitives.ReadUInt32LittleEndian(Take(message, 4, ref at).Span), default);
            case WireType.Fixed64:
                return new(number, type, BinaryPrimitives.ReadUInt64LittleEndian(Take(message, 8, ref at).Span), default);
            case WireType.Bytes:
                ulong length = Varint(message.Span, ref at);
                return new(number, type, 0, Take(message, length, ref at));
            default:
                throw new ProtoException($"field {number} has the unknown wire type {(int)type}");
        }
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ulong length, ref int at)
    {
        if (length > (ulong)(message.Length - at)) throw new ProtoException($"a field of {length} bytes reaches beyond the end");
        ReadOnlyMemory<byte> taken = message.Slice(at, (int)length);
        at += (int)length;
        return taken;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (at >= bytes.Length) throw new ProtoException("an integer is cut off");
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new ProtoException("an integer has more than ten bytes");
    }
}
