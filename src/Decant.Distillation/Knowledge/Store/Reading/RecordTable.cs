using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Distillation.Knowledge.Store.Reading;

/// <summary>All records of a store by their keys: a hash table of places, 8 bytes a slot, over the tables in the mapped shards.</summary>
internal sealed class RecordTable : IDisposable
{
    private readonly List<ShardFile> shards = [];
    private readonly List<(ShardFile Shard, int Block)> blocks = [];
    private readonly ulong[] slots;

    /// <summary>Opens the shards that a manifest names.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="manifest">Its manifest; complete.</param>
    /// <exception cref="DecantException">A shard is missing or damaged.</exception>
    public RecordTable(StoreFolder folder, StoreManifest manifest)
    {
        try
        {
            byte[] identity = manifest.Identity();
            foreach (StoreShard shard in manifest.Shards) shards.Add(ShardFile.Open(folder, shard, identity));
            blocks.AddRange(shards.SelectMany(s => Enumerable.Range(0, s.Blocks).Select(b => (s, b))));
            slots = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Max(4, manifest.Records() * 3 / 2))];
            for (int block = 0; block < blocks.Count; block++) Add(block);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Different records.</summary>
    public long Count { get; private set; }

    /// <summary>Where a record is: a number that rises with the place on disk; −1 when there is none.</summary>
    /// <param name="key">The sequence.</param>
    public long Find(UInt128 key)
    {
        for (ulong slot = (ulong)key; ; slot++)
        {
            ulong place = slots[slot & (ulong)(slots.Length - 1)];
            if (place == 0) return -1;
            if (KeyAt(place - 1) == key) return (long)place - 1;
        }
    }

    /// <summary>The bytes of a record.</summary>
    /// <param name="place">From <see cref="Find"/>.</param>
    /// <param name="unpacked">Where a packed block is unpacked to; one for each thread.</param>
    /// <param name="tokens">Tokens of its sequence.</param>
    public ReadOnlySpan<byte> Read(long place, UnpackedBlock unpacked, out int tokens)
    {
        (ShardFile shard, int block) = blocks[(int)(place >> 32)];
        return shard.Record(block, (int)place, unpacked, out tokens);
    }

    /// <summary>The error for a record that does not read as its field list says.</summary>
    public DecantException Damaged(long place)
    {
        (ShardFile shard, int block) = blocks[(int)(place >> 32)];
        return shard.DamagedRecord(block);
    }

    /// <summary>Lets go of the files.</summary>
    public void Dispose()
    {
        foreach (ShardFile shard in shards) shard.Dispose();
    }

    private void Add(int block)
    {
        ReadOnlySpan<byte> table = blocks[block].Shard.Table(blocks[block].Block);
        for (int row = 0; row < table.Length / RecordEntry.Size; row++)
        {
            UInt128 key = SequenceKey.Read(table[(row * RecordEntry.Size)..]);
            // The first of two equal ones is taken; merged stores may share sequences.
            if (Find(key) >= 0) continue;
            ulong slot = (ulong)key & (ulong)(slots.Length - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (ulong)(slots.Length - 1);
            slots[slot] = ((ulong)block << 32 | (uint)row) + 1;
            Count++;
        }
    }

    private UInt128 KeyAt(ulong place)
    {
        (ShardFile shard, int block) = blocks[(int)(place >> 32)];
        return SequenceKey.Read(shard.Table(block)[((int)place * RecordEntry.Size)..]);
    }
}
