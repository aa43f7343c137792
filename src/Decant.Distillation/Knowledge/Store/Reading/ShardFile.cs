using System.IO.Compression;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Torch.Serialization;

namespace Decant.Distillation.Knowledge.Store.Reading;

/// <summary>A finished shard, mapped for reading. Every block is checked when it is first used.</summary>
internal sealed class ShardFile : IDisposable
{
    private readonly MappedFile file;
    private readonly List<(long Offset, BlockHeader Header)> blocks = [];
    private readonly bool[] isChecked;

    private ShardFile(MappedFile file, BlockWalk walk)
    {
        this.file = file;
        while (walk.MoveNext(checkPayload: false)) blocks.Add((walk.Offset, walk.Header));
        isChecked = new bool[blocks.Count];
    }

    /// <summary>Blocks of the shard.</summary>
    public int Blocks => blocks.Count;

    /// <summary>Opens a shard and reads its tables of records; values are read when they are needed.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="shard">What the manifest says of it.</param>
    /// <param name="identity">The store's identity.</param>
    /// <exception cref="DecantException">It is missing, cut off, damaged, or of another store.</exception>
    public static ShardFile Open(StoreFolder folder, StoreShard shard, ReadOnlySpan<byte> identity)
    {
        string path = folder.At(shard.File);
        if (!File.Exists(path)) throw Damaged(path, "it is missing");
        if (new FileInfo(path).Length is var length && length != shard.Bytes) throw Damaged(path, $"it has {length} bytes instead of {shard.Bytes}");
        MappedFile file = MappedFile.Open(path);
        try
        {
            var walk = new BlockWalk(file, identity);
            var opened = new ShardFile(file, walk);
            if (walk.Problem is { } problem) throw Damaged(path, $"{problem} at byte {walk.Position}");
            if (walk.Records != shard.Records) throw Damaged(path, $"it has {walk.Records} records instead of {shard.Records}");
            return opened;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The record table of a block.</summary>
    public ReadOnlySpan<byte> Table(int block) => file.Span(blocks[block].Offset + BlockHeader.Size, blocks[block].Header.TableBytes);

    /// <summary>The bytes of a record.</summary>
    /// <param name="block">Its block.</param>
    /// <param name="row">Its place in the block's table.</param>
    /// <param name="unpacked">Where a packed block is unpacked to.</param>
    /// <param name="tokens">Tokens of its sequence.</param>
    /// <exception cref="DecantException">The block is damaged.</exception>
    public ReadOnlySpan<byte> Record(int block, int row, UnpackedBlock unpacked, out int tokens)
    {
        ReadOnlySpan<byte> payload = Payload(block, unpacked), table = Table(block);
        RecordEntry entry = RecordEntry.Read(table[(row * RecordEntry.Size)..]);
        tokens = entry.Tokens;
        bool isLast = row == blocks[block].Header.Records - 1;
        return payload[entry.Offset..(isLast ? payload.Length : RecordEntry.Read(table[((row + 1) * RecordEntry.Size)..]).Offset)];
    }

    /// <summary>The error for a record that does not read as its field list says.</summary>
    public DecantException DamagedRecord(int block) => Damaged(file.Path, $"a record in the block at byte {blocks[block].Offset} makes no sense");

    /// <summary>Lets go of the file.</summary>
    public void Dispose() => file.Dispose();

    private ReadOnlySpan<byte> Payload(int block, UnpackedBlock unpacked)
    {
        (long offset, BlockHeader header) = blocks[block];
        if (header.Compression != StoreCompression.None && unpacked.Holds(this, block)) return unpacked.Bytes;
        ReadOnlySpan<byte> stored = file.Span(offset + BlockHeader.Size + header.TableBytes, header.StoredBytes);
        if (!isChecked[block])
        {
            if (Crc32C.Of(stored) != header.PayloadChecksum) throw Damaged(file.Path, $"the values of the block at byte {offset} are damaged");
            isChecked[block] = true;
        }
        if (header.Compression == StoreCompression.None) return stored;
        Span<byte> room = unpacked.Take(this, block, header.RawBytes);
        if (BrotliDecoder.TryDecompress(stored, room, out int written) && written == room.Length) return room;
        unpacked.Forget();
        throw Damaged(file.Path, $"the block at byte {offset} cannot be unpacked");
    }

    private static DecantException Damaged(string path, string problem) =>
        new($"{path} is damaged: {problem}. Nothing was trained with it. Look at all of the store with 'decant store verify'; 'decant teach' with --repair keeps what is whole and makes the rest again.");
}
