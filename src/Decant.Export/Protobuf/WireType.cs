namespace Decant.Export.Protobuf;

/// <summary>How the value of a field is laid out: the low three bits of its tag.</summary>
internal enum WireType
{
    /// <summary>An integer, seven bits a byte, the lowest first.</summary>
    Varint = 0,
    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,
    /// <summary>A length and that many bytes: text, a message, packed numbers.</summary>
    Bytes = 2,
    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
