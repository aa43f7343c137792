namespace Decant.Torch.Serialization;

/// <summary>The storages that a pickle referred to, each with one type and size.</summary>
internal sealed class SeenStorages(string file)
{
    private readonly Dictionary<string, PickleStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>Takes note of a storage.</summary>
    /// <exception cref="DecantException">It was seen before with another type or size.</exception>
    public void Add(PickleStorage storage)
    {
        if (_storages.TryAdd(storage.Key, storage)) return;
        PickleStorage before = _storages[storage.Key];
        if (before.DType != storage.DType || before.RootElements != storage.RootElements)
            throw new DecantException($"{file} is damaged: its pickle describes the storage '{storage.Key}' in two ways.");
    }

    /// <summary>The storage of that key; null when none was seen.</summary>
    public PickleStorage? Find(string key) => _storages.GetValueOrDefault(key);
}
