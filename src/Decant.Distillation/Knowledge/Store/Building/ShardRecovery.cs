using Decant.Distillation.Knowledge.Store.Format;
using Decant.Torch.Serialization;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>Finds how far a build had come: the sound blocks from the beginning, every byte of them checked.</summary>
internal static class ShardRecovery
{
    /// <summary>Finds the sound part of a store.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="repair">Give up what follows a damaged block; otherwise only the end of the last shard may be unsound, as a kill leaves it.</param>
    /// <param name="visit">Is given every key in the order of the file; false stops at it, as at a damage.</param>
    /// <returns>The shards with their sound bytes and records. The last one is to be gone on with.</returns>
    public static List<StoreShard> Find(StoreFolder folder, StoreManifest manifest, bool repair, Func<UInt128, bool> visit)
    {
        byte[] identity = manifest.Identity();
        var found = new List<StoreShard>();
        for (int number = 0; File.Exists(folder.Shard(number)); number++)
        {
            (StoreShard shard, string? problem) = Walk(folder.Shard(number), StoreFolder.ShardName(number), identity, visit);
            bool isLast = !File.Exists(folder.Shard(number + 1));
            if (problem is not null && !isLast && !repair)
                throw new DecantException($"{folder.Shard(number)} is damaged: {problem} at byte {shard.Bytes}. A stopped build does not look like this, so nothing was changed; look at all of it with 'decant store verify', or give --repair to keep the {found.Sum(s => s.Records) + shard.Records} records before the damage and make the rest again.");
            found.Add(shard);
            if (problem is not null) break;
        }
        return found;
    }

    private static (StoreShard Shard, string? Problem) Walk(string path, string name, byte[] identity, Func<UInt128, bool> visit)
    {
        using MappedFile? file = new FileInfo(path).Length == 0 ? null : MappedFile.Open(path);
        var walk = new BlockWalk(file, identity);
        while (walk.MoveNext(checkPayload: true))
            for (int r = 0; r < walk.Header.Records; r++)
                if (!visit(RecordEntry.Read(walk.Table[(r * RecordEntry.Size)..]).Key))
                    return (new StoreShard(name, walk.Offset, walk.Header.FirstRecord), "a record is not the one that should be there");
        return (new StoreShard(name, walk.Position, walk.Records), walk.Problem);
    }
}
