using System.IO.Compression;
using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>Collects the records of a block and puts it together: header, record table, payload.</summary>
/// <param name="compression">How the payload is packed.</param>
internal sealed class BlockBuffer(StoreCompression compression)
{
    private const int Quality = 4, Window = 22;

    private readonly List<RecordEntry> entries = [];
    private byte[] payload = new byte[1 << 16];

    /// <summary>Records so far.</summary>
    public int Records => entries.Count;

    /// <summary>Bytes of the payload so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Room for a record.</summary>
    /// <param name="size">The most bytes that it may have.</param>
    public Span<byte> Reserve(int size)
    {
        if (payload.Length - Bytes < size) Array.Resize(ref payload, Math.Max(checked(Bytes + size), (int)Math.Min(Array.MaxLength, 2L * payload.Length)));
        return payload.AsSpan(Bytes, size);
    }

    /// <summary>Adds the record that was written to the reserved room.</summary>
    public void Commit(UInt128 key, int tokens, int size)
    {
        entries.Add(new RecordEntry(key, Bytes, tokens));
        Bytes += size;
    }

    /// <summary>The finished block; the buffer is empty again.</summary>
    /// <param name="firstRecord">Records of the shard before it.</param>
    public byte[] Seal(long firstRecord)
    {
        int table = entries.Count * RecordEntry.Size, start = BlockHeader.Size + table;
        var block = new byte[start + Bytes];
        for (int r = 0; r < entries.Count; r++) entries[r].Write(block.AsSpan(BlockHeader.Size + r * RecordEntry.Size));
        int stored = Pack(block.AsSpan(start));
        StoreCompression packed = stored < Bytes ? compression : StoreCompression.None;
        new BlockHeader(entries.Count, Bytes, stored, firstRecord, packed,
            Crc32C.Of(block.AsSpan(BlockHeader.Size, table)), Crc32C.Of(block.AsSpan(start, stored))).Write(block);
        entries.Clear();
        Bytes = 0;
        return stored == block.Length - start ? block : block[..(start + stored)];
    }

    private int Pack(Span<byte> to)
    {
        ReadOnlySpan<byte> raw = payload.AsSpan(0, Bytes);
        if (compression == StoreCompression.Brotli && BrotliEncoder.TryCompress(raw, to, out int stored, Quality, Window) && stored < Bytes) return stored;
        raw.CopyTo(to);
        return Bytes;
    }
}
