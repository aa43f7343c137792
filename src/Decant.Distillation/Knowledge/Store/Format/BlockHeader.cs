using System.Buffers.Binary;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>The 40 bytes before every block of a shard. Numbers are little-endian.</summary>
/// <param name="Records">Records of the block; at least one.</param>
/// <param name="RawBytes">Bytes of its payload once it is unpacked.</param>
/// <param name="StoredBytes">Bytes of its payload in the file.</param>
/// <param name="FirstRecord">Records of the shard before this block.</param>
/// <param name="Compression">How the payload is packed.</param>
/// <param name="TableChecksum">CRC-32C of the record table.</param>
/// <param name="PayloadChecksum">CRC-32C of the payload as it is in the file.</param>
internal readonly record struct BlockHeader(
    int Records, int RawBytes, int StoredBytes, long FirstRecord, StoreCompression Compression, uint TableChecksum, uint PayloadChecksum)
{
    public const int Size = 40;
    private const uint Magic = 0x314B4C42; // "BLK1"

    /// <summary>Bytes of the record table that follows the header.</summary>
    public int TableBytes => Records * RecordEntry.Size;

    /// <summary>Bytes of header, table and payload.</summary>
    public long TotalBytes => (long)Size + TableBytes + StoredBytes;

    public void Write(Span<byte> at)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(at, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], Records);
        BinaryPrimitives.WriteInt32LittleEndian(at[8..], RawBytes);
        BinaryPrimitives.WriteInt32LittleEndian(at[12..], StoredBytes);
        BinaryPrimitives.WriteInt64LittleEndian(at[16..], FirstRecord);
        BinaryPrimitives.WriteUInt32LittleEndian(at[24..], TableChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(at[28..], PayloadChecksum);
        BinaryPrimitives.WriteInt32LittleEndian(at[32..], (int)Compression);
        BinaryPrimitives.WriteUInt32LittleEndian(at[36..], Crc32C.Of(at[..36]));
    }

    /// <summary>Reads a header; the reason why it is none otherwise.</summary>
    /// <param name="at">From the header's first byte to the end of the file.</param>
    /// <param name="available">Bytes from there to the end of the file, which may be more than a span holds.</param>
    /// <param name="expectedFirst">Records of the shard so far.</param>
    /// <param name="header">The header.</param>
    public static string? Read(ReadOnlySpan<byte> at, long available, long expectedFirst, out BlockHeader header)
    {
        header = default;
        if (available < Size) return "it ends in the middle of a block";
        if (BinaryPrimitives.ReadUInt32LittleEndian(at) != Magic || BinaryPrimitives.ReadUInt32LittleEndian(at[36..]) != Crc32C.Of(at[..36]))
            return "a block header is damaged";
        header = new BlockHeader(
            BinaryPrimitives.ReadInt32LittleEndian(at[4..]), BinaryPrimitives.ReadInt32LittleEndian(at[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(at[12..]), BinaryPrimitives.ReadInt64LittleEndian(at[16..]),
            (StoreCompression)BinaryPrimitives.ReadInt32LittleEndian(at[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(at[24..]), BinaryPrimitives.ReadUInt32LittleEndian(at[28..]));
        if (!header.IsPlausible()) return "a block header has impossible sizes";
        if (header.FirstRecord != expectedFirst) return "a block is missing or doubled";
        return header.TotalBytes > available ? "it ends in the middle of a block" : null;
    }

    private bool IsPlausible() =>
        Records is > 0 and <= int.MaxValue / RecordEntry.Size && RawBytes >= 0 && StoredBytes >= 0
        && (Compression == StoreCompression.None ? StoredBytes == RawBytes : Compression == StoreCompression.Brotli);
}
