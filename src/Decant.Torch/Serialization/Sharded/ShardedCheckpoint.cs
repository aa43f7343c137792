namespace Decant.Torch.Serialization;

/// <summary>
/// A checkpoint in several files with an index (<c>model.safetensors.index.json</c> or
/// <c>pytorch_model.bin.index.json</c>), read as if it were one.
/// </summary>
public sealed class ShardedCheckpoint : ICheckpoint
{
    private readonly Dictionary<string, ICheckpoint> _shardOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ICheckpoint> _shards = new(StringComparer.Ordinal);

    private ShardedCheckpoint(string path) => Path = path;

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _shardOf.Keys;

    /// <summary>The names of the files that hold the tensors.</summary>
    public IReadOnlyCollection<string> Shards => _shards.Keys;

    /// <summary>Opens the index and every file that it names, and checks that each tensor is where the index says.</summary>
    /// <param name="indexPath">The index file.</param>
    /// <exception cref="DecantException">The index or a shard is missing or damaged, or a shard lacks a tensor.</exception>
    public static ShardedCheckpoint Open(string indexPath)
    {
        var checkpoint = new ShardedCheckpoint(indexPath);
        try
        {
            string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(indexPath))!;
            foreach (var (tensor, file) in ShardIndex.Read(indexPath))
            {
                ICheckpoint shard = checkpoint.Shard(folder, file, tensor);
                if (!shard.Contains(tensor))
                    throw new DecantException($"{indexPath} says that the tensor '{tensor}' lies in {file}, but it is not there. The files belong to different checkpoints, or one is incomplete.");
                checkpoint._shardOf.Add(tensor, shard);
            }
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Contains(string name) => _shardOf.ContainsKey(name);

    /// <inheritdoc/>
    public RawTensor Get(string name) => _shardOf.TryGetValue(name, out ICheckpoint? shard)
        ? shard.Get(name)
        : throw new DecantException($"{Path} has no tensor '{name}' (it has {_shardOf.Count} others).");

    /// <summary>Unmaps all files.</summary>
    public void Dispose()
    {
        foreach (ICheckpoint shard in _shards.Values) shard.Dispose();
    }

    private ICheckpoint Shard(string folder, string file, string tensor)
    {
        if (_shards.TryGetValue(file, out ICheckpoint? shard)) return shard;
        string path = System.IO.Path.Combine(folder, file);
        if (!File.Exists(path))
            throw new DecantException($"{path} is not there; {System.IO.Path.GetFileName(Path)} says that it holds '{tensor}' and others. Get the missing part of the checkpoint.");
        shard = file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafetensorsFile.Open(path) : TorchFile.Open(path);
        _shards.Add(file, shard);
        return shard;
    }
}
