using Decant.Distillation.Knowledge.Store.Building;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>Puts stores together: the parts of a divided build, or stores of several data sets from one teacher.</summary>
public static class StoreMerger
{
    /// <summary>Copies the shards of finished stores into a new one. The stores themselves are left as they are.</summary>
    /// <param name="path">The new store; an empty or new folder.</param>
    /// <param name="sources">The stores.</param>
    /// <returns>The new store's manifest.</returns>
    /// <exception cref="DecantException">A store is not finished or damaged, they do not belong together, a part is there twice or missing, or the disk is full.</exception>
    public static StoreManifest Merge(string path, IReadOnlyList<string> sources)
    {
        if (sources.Count == 0) throw new DecantException("There is nothing to merge; name the stores.");
        StoreManifest[] manifests = [.. sources.Select(Sound)];
        foreach ((string source, StoreManifest manifest) in sources.Zip(manifests).Skip(1)) StoreMatch.RequireAlike(source, manifest, manifests[0]);
        StoreManifest merged = manifests[0] with { Data = [.. manifests.SelectMany(m => m.Data)], Complete = false, Shards = [] };
        RequireParts(merged);
        var folder = new StoreFolder(path);
        using IDisposable held = StoreLock.Take(folder);
        if (Directory.EnumerateFileSystemEntries(path).Any(entry => entry != folder.Lock))
            throw new DecantException($"{path} is not empty; merge into a new folder. Nothing was changed.");
        folder.Write(merged);
        var shards = new List<StoreShard>();
        foreach ((string source, StoreManifest manifest) in sources.Zip(manifests))
            foreach (StoreShard shard in manifest.Shards)
            {
                string name = StoreFolder.ShardName(shards.Count);
                AtomicFile.Write(folder.At(name), to =>
                {
                    using FileStream from = File.OpenRead(new StoreFolder(source).At(shard.File));
                    from.CopyTo(to);
                });
                shards.Add(shard with { File = name });
            }
        StoreManifest finished = merged with { Complete = true, Shards = shards };
        folder.Write(finished);
        return finished;
    }

    private static StoreManifest Sound(string source)
    {
        var folder = new StoreFolder(source);
        if (folder.Read() is { Complete: false }) throw new DecantException($"The knowledge store {source} is not finished; go on with 'decant teach' and the options that it was begun with.");
        StoreVerification verified = StoreVerifier.Verify(source);
        return verified.Problems.Count == 0 ? verified.Manifest
            : throw new DecantException($"The knowledge store {source} is damaged: {verified.Problems[0]}. Nothing was merged; repair it with 'decant teach' and --repair.");
    }

    private static void RequireParts(StoreManifest merged)
    {
        foreach (var set in merged.Data.GroupBy(d => d.Fingerprint))
        {
            if (set.Select(d => d.Parts).Distinct().Count() > 1)
                throw new DecantException($"{set.First().Task} {set.First().Split} was split into {string.Join(" and into ", set.Select(d => d.Parts).Distinct())} parts; only parts of one split belong together.");
            if (set.GroupBy(d => d.Part).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new DecantException($"Part {twice.Key} of {set.First().Parts} of {set.First().Task} {set.First().Split} is there twice; name every store once.");
        }
        if (StoreParts.Missing(merged) is { } missing) throw new DecantException($"The stores do not make a whole: {missing}. Name all parts.");
    }
}
