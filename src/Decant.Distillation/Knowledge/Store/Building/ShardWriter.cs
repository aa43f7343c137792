using Decant.Distillation.Knowledge.Store.Format;
using Microsoft.Win32.SafeHandles;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>Writes bytes at a place in a file; <see cref="RandomAccess.Write(SafeFileHandle, ReadOnlySpan{byte}, long)"/>, or a disk that fails.</summary>
internal delegate void BlockWrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position);

/// <summary>Appends blocks to the shards of a store. What was appended is never touched again.</summary>
internal sealed class ShardWriter : IDisposable
{
    private readonly StoreFolder folder;
    private readonly byte[] header;
    private readonly long limit;
    private readonly BlockWrite write;
    private readonly List<StoreShard> shards;
    private SafeFileHandle? file;
    private long position, records;

    /// <summary>Goes on where a build has come to.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="found">Shards that are there; the last one is gone on with, and what follows its sound bytes is cut off.</param>
    /// <param name="write">How bytes get into a file.</param>
    public ShardWriter(StoreFolder folder, StoreManifest manifest, IReadOnlyList<StoreShard> found, BlockWrite? write = null)
    {
        (this.folder, limit, this.write) = (folder, manifest.ShardBytes, write ?? RandomAccess.Write);
        header = ShardHeader.Create(manifest.Identity());
        shards = [.. found.SkipLast(1)];
        if (found.Count > 0) Guarded(() => Open(found[^1].Bytes, found[^1].Records));
    }

    /// <summary>Bytes of all shards so far.</summary>
    public long Bytes => shards.Sum(s => s.Bytes) + position;

    /// <summary>Appends a block in one write.</summary>
    /// <param name="buffer">Its records; empty afterwards.</param>
    /// <exception cref="DecantException">The disk is full or failed; all blocks before are whole.</exception>
    public void Append(BlockBuffer buffer) => Guarded(() =>
    {
        // The longest that the block can be, so that the place where a shard ends does not depend on how well it is packed.
        long size = (long)BlockHeader.Size + buffer.Records * RecordEntry.Size + buffer.Bytes;
        if (file is not null && position > ShardHeader.Size && position + size > limit) Close();
        if (file is null) Open(0, 0);
        int count = buffer.Records;
        byte[] block = buffer.Seal(records);
        write(file!, block, position);
        position += block.Length;
        records += count;
    });

    /// <summary>Puts everything on the disk.</summary>
    /// <returns>The shards.</returns>
    public IReadOnlyList<StoreShard> Finish()
    {
        Guarded(Close);
        return shards;
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose() => file?.Dispose();

    private void Open(long end, long recordsBefore)
    {
        file = File.OpenHandle(folder.Shard(shards.Count), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        (position, records) = (end, recordsBefore);
        RandomAccess.SetLength(file, end);
        if (end > 0) return;
        write(file, header, 0);
        position = header.Length;
    }

    private void Close()
    {
        if (file is null) return;
        RandomAccess.FlushToDisk(file);
        file.Dispose();
        file = null;
        shards.Add(new StoreShard(StoreFolder.ShardName(shards.Count), position, records));
        (position, records) = (0, 0);
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"Cannot write the knowledge store {folder.Path}: {e.Message.TrimEnd('.')}. All records before this are safe; free some space or check the permissions, then run the same command again to go on.", e);
        }
    }
}
