using System.Buffers.Binary;
using System.Text;

namespace Decant.Export.Protobuf;

/// <summary>
/// A message in protobuf's wire format that is being put together. Long byte fields are a promise to write them, so that a
/// model of any size passes through without a copy of its weights.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<Stream>> parts = [];
    private readonly MemoryStream pending = new();

    /// <summary>Bytes of the message.</summary>
    public long Length { get; private set; }

    /// <summary>Adds an integer, enumeration or truth value.</summary>
    public ProtoMessage Add(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
        return this;
    }

    /// <summary>Adds a number of single precision.</summary>
    public ProtoMessage Add(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Put(bytes);
        return this;
    }

    /// <summary>Adds text, as UTF-8.</summary>
    public ProtoMessage Add(int field, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Head(field, bytes.Length);
        Put(bytes);
        return this;
    }

    /// <summary>Adds a message, which must not be changed afterwards.</summary>
    public ProtoMessage Add(int field, ProtoMessage message)
    {
        Head(field, message.Length);
        message.Flush();
        Flush();
        parts.AddRange(message.parts);
        Length += message.Length;
        return this;
    }

    /// <summary>Adds bytes that are made when the message is written.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="length">How many bytes <paramref name="write"/> will write.</param>
    /// <param name="write">Writes exactly that many.</param>
    public ProtoMessage Add(int field, long length, Action<Stream> write)
    {
        Head(field, length);
        Flush();
        parts.Add(write);
        Length += length;
        return this;
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream)
    {
        Flush();
        foreach (Action<Stream> part in parts) part(stream);
    }

    private void Head(int field, long length)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)length);
    }

    private void Tag(int field, WireType type) => Varint((ulong)field << 3 | (ulong)type);

    private void Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        Put(bytes[..count]);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        pending.Write(bytes);
        Length += bytes.Length;
    }

    private void Flush()
    {
        if (pending.Length == 0) return;
        byte[] bytes = pending.ToArray();
        pending.SetLength(0);
        parts.Add(stream => stream.Write(bytes));
    }
}
