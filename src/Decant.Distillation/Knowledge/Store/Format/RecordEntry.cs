using System.Buffers.Binary;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>One row of a block's table: whose record it is and where. 24 bytes, the last two zero.</summary>
/// <param name="Key">The sequence.</param>
/// <param name="Offset">First byte of the record in the unpacked payload.</param>
/// <param name="Tokens">Real tokens of the sequence, on which the sizes of the record's fields depend.</param>
internal readonly record struct RecordEntry(UInt128 Key, int Offset, int Tokens)
{
    public const int Size = 24;

    public void Write(Span<byte> at)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(at, Key);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], Offset);
        BinaryPrimitives.WriteUInt16LittleEndian(at[20..], checked((ushort)Tokens));
        at.Slice(22, 2).Clear();
    }

    public static RecordEntry Read(ReadOnlySpan<byte> at) => new(
        SequenceKey.Read(at), BinaryPrimitives.ReadInt32LittleEndian(at[16..]), BinaryPrimitives.ReadUInt16LittleEndian(at[20..]));
}
