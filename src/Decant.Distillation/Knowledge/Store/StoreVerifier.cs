using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Knowledge.Store.Reading;
using Decant.Torch.Serialization;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>Reads every byte of a store and says what is wrong with it.</summary>
public static class StoreVerifier
{
    /// <summary>Checks all shards, blocks and records. Nothing is changed.</summary>
    /// <param name="path">The store.</param>
    /// <returns>What was read, and what is wrong.</returns>
    /// <exception cref="DecantException">There is no manifest that can be read.</exception>
    public static StoreVerification Verify(string path)
    {
        var folder = new StoreFolder(path);
        StoreManifest manifest = StoreManifest.Read(path);
        var problems = new List<string>();
        if (!manifest.Complete) problems.Add("the store is not finished; go on with 'decant teach'");
        long records = 0, bytes = 0;
        foreach (StoreShard shard in Shards(folder, manifest))
        {
            (StoreShard found, string? problem) = Walk(folder, shard, manifest);
            records += found.Records;
            bytes += found.Bytes;
            if (problem is not null) problems.Add($"{shard.File}: {problem} at byte {found.Bytes}, after {found.Records} sound records");
            else if (manifest.Complete && found != shard) problems.Add($"{shard.File}: {found.Records} records in {found.Bytes} bytes, but the manifest says {shard.Records} in {shard.Bytes}");
        }
        return new StoreVerification(manifest, records, bytes, problems, StoreParts.Missing(manifest));
    }

    private static IEnumerable<StoreShard> Shards(StoreFolder folder, StoreManifest manifest)
    {
        if (manifest.Complete) return manifest.Shards;
        return Enumerable.Range(0, int.MaxValue).TakeWhile(s => File.Exists(folder.Shard(s))).Select(s => new StoreShard(StoreFolder.ShardName(s), 0, 0));
    }

    private static (StoreShard Found, string? Problem) Walk(StoreFolder folder, StoreShard shard, StoreManifest manifest)
    {
        string path = folder.At(shard.File);
        if (!File.Exists(path)) return (shard with { Bytes = 0, Records = 0 }, "it is missing");
        using MappedFile? file = new FileInfo(path).Length == 0 ? null : MappedFile.Open(path);
        var walk = new BlockWalk(file, manifest.Identity());
        var records = new RecordCheck(manifest.CreateFields(), manifest.MaxLength);
        while (walk.MoveNext(checkPayload: true))
            if (records.Problem(walk) is { } problem)
                return (shard with { Bytes = walk.Offset, Records = walk.Header.FirstRecord }, problem);
        return (shard with { Bytes = walk.Position, Records = walk.Records }, walk.Problem);
    }
}

/// <summary>What a store's bytes say.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Records">Sound records.</param>
/// <param name="Bytes">Sound bytes.</param>
/// <param name="Problems">What is wrong, in words; nothing when all is well.</param>
/// <param name="MissingParts">For a part of a divided build, the others in words; null for a whole store.</param>
public sealed record StoreVerification(StoreManifest Manifest, long Records, long Bytes, IReadOnlyList<string> Problems, string? MissingParts);
