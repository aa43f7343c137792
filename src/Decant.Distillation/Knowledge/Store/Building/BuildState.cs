namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>Decides what a folder is before a build touches it.</summary>
internal static class BuildState
{
    /// <summary>The manifest of a store that is finished already, which may be in use; null when there is something to do.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">The manifest of the store that is to be built.</param>
    /// <exception cref="DecantException">It is another store, or a file of it is missing.</exception>
    public static StoreManifest? Finished(StoreFolder folder, StoreManifest wanted)
    {
        if (folder.Read() is not { Complete: true } found) return null;
        StoreMatch.RequireSame(folder.Path, found, wanted);
        RequireShards(folder, found);
        return found;
    }

    /// <summary>Begins a store, or finds the one that is to be gone on with.</summary>
    /// <param name="folder">The folder; its lock is held.</param>
    /// <param name="wanted">The manifest of the store that is to be built.</param>
    /// <param name="repair">Whether a finished store is to be built again from its first damage.</param>
    /// <returns>The manifest on disk.</returns>
    /// <exception cref="DecantException">The folder holds something else.</exception>
    public static StoreManifest Open(StoreFolder folder, StoreManifest wanted, bool repair)
    {
        if (folder.Read() is not { } found)
        {
            RequireEmpty(folder);
            folder.Write(wanted);
            return wanted;
        }
        StoreMatch.RequireSame(folder.Path, found, wanted);
        if (!found.Complete || !repair) return found;
        StoreManifest reopened = found with { Complete = false, Shards = [] };
        folder.Write(reopened);
        return reopened;
    }

    private static void RequireEmpty(StoreFolder folder)
    {
        string? foreign = Directory.EnumerateFileSystemEntries(folder.Path).FirstOrDefault(p => p != folder.Lock);
        if (foreign is not null)
            throw new DecantException($"{folder.Path} is not empty and holds no knowledge store (there is {Path.GetFileName(foreign)}, but no manifest.json). Nothing was changed; build into another folder.");
    }

    private static void RequireShards(StoreFolder folder, StoreManifest manifest)
    {
        foreach (StoreShard shard in manifest.Shards)
            if (new FileInfo(folder.At(shard.File)) is var file && (!file.Exists || file.Length != shard.Bytes))
                throw new DecantException($"The knowledge store {folder.Path} was finished, but {shard.File} {(file.Exists ? $"has {file.Length} bytes instead of {shard.Bytes}" : "is missing")}. Give --repair to keep what is whole and make the rest again.");
    }
}
