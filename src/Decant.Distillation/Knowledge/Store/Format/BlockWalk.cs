using Decant.Torch.Serialization;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>
/// Goes through the blocks of a shard from its first byte and stops where it ends or where something is wrong.
/// Opening, resuming and verifying all read a shard this way.
/// </summary>
internal sealed class BlockWalk
{
    private readonly MappedFile? file;

    /// <summary>Begins at the shard's header.</summary>
    /// <param name="file">The shard; null for an empty file.</param>
    /// <param name="identity">The store that it should belong to.</param>
    public BlockWalk(MappedFile? file, ReadOnlySpan<byte> identity)
    {
        this.file = file;
        Problem = ShardHeader.Problem(file is null ? [] : file.Span(0, (int)Math.Min(file.Length, ShardHeader.Size)), identity);
        Position = Problem is null ? ShardHeader.Size : 0;
    }

    /// <summary>What is wrong at <see cref="Position"/>; null when nothing is, so far.</summary>
    public string? Problem { get; private set; }

    /// <summary>The end of what is sound: the next block, or the end of the file.</summary>
    public long Position { get; private set; }

    /// <summary>Records of the sound blocks so far.</summary>
    public long Records { get; private set; }

    /// <summary>The block that the last step passed.</summary>
    public BlockHeader Header { get; private set; }

    /// <summary>Where its header is.</summary>
    public long Offset { get; private set; }

    /// <summary>Its record table.</summary>
    public ReadOnlySpan<byte> Table => file!.Span(Offset + BlockHeader.Size, Header.TableBytes);

    /// <summary>Its payload, as it is in the file.</summary>
    public ReadOnlySpan<byte> Payload => file!.Span(Offset + BlockHeader.Size + Header.TableBytes, Header.StoredBytes);

    /// <summary>Passes one block.</summary>
    /// <param name="checkPayload">Whether the payload's checksum is computed too, which reads all of the file.</param>
    /// <returns>False at the end, or at a <see cref="Problem"/>.</returns>
    public bool MoveNext(bool checkPayload)
    {
        if (Problem is not null || Position == file!.Length) return false;
        long left = file.Length - Position;
        Problem = BlockHeader.Read(file.Span(Position, (int)Math.Min(left, BlockHeader.Size)), left, Records, out BlockHeader header);
        if (Problem is not null) return false;
        (Offset, Header) = (Position, header);
        Problem = ProblemOf(checkPayload);
        if (Problem is not null) return false;
        Position += header.TotalBytes;
        Records += header.Records;
        return true;
    }

    private string? ProblemOf(bool checkPayload)
    {
        ReadOnlySpan<byte> table = Table;
        if (Crc32C.Of(table) != Header.TableChecksum) return "the record table of a block is damaged";
        int previous = -1;
        for (int r = 0; r < Header.Records; r++)
        {
            RecordEntry entry = RecordEntry.Read(table[(r * RecordEntry.Size)..]);
            if (r == 0 ? entry.Offset != 0 : entry.Offset <= previous) return "the record table of a block is out of order";
            if (entry.Offset >= Header.RawBytes || entry.Tokens == 0) return "the record table of a block is out of order";
            previous = entry.Offset;
        }
        return checkPayload && Crc32C.Of(Payload) != Header.PayloadChecksum ? "the values of a block are damaged" : null;
    }
}
