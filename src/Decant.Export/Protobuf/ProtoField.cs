using System.Text;

namespace Decant.Export.Protobuf;

/// <summary>One field of a message that is being read.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">How its value is laid out.</param>
/// <param name="Number64">The value of an integer or of a fixed-size number.</param>
/// <param name="Bytes">The value of a field with a length.</param>
internal readonly record struct ProtoField(int Number, WireType Type, ulong Number64, ReadOnlyMemory<byte> Bytes)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>An integer.</summary>
    public long Integer => Require(WireType.Varint) ? (long)Number64 : 0;

    /// <summary>A number of single precision.</summary>
    public float Single => Require(WireType.Fixed32) ? BitConverter.UInt32BitsToSingle((uint)Number64) : 0;

    /// <summary>The bytes of a field with a length.</summary>
    public ReadOnlyMemory<byte> Payload => Require(WireType.Bytes) ? Bytes : default;

    /// <summary>Text.</summary>
    public string Text
    {
        get
        {
            try { return Strict.GetString(Payload.Span); }
            catch (DecoderFallbackException) { throw new ProtoException($"field {Number} holds text that is not UTF-8"); }
        }
    }

    /// <summary>Integers of a repeated field: one, or several that are packed.</summary>
    public IEnumerable<long> Integers => Type == WireType.Varint ? [Integer] : ProtoReader.Packed(Payload);

    private bool Require(WireType type) =>
        Type == type ? true : throw new ProtoException($"field {Number} is of wire type {(int)Type}, and {(int)type} is expected");
}
