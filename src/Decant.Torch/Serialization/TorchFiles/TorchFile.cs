namespace Decant.Torch.Serialization;

/// <summary>
/// A checkpoint written by Python's <c>torch.save</c> (<c>pytorch_model.bin</c>, <c>.pt</c>), mapped into memory: the zip
/// form of today or the form before version 1.6. Its pickle is read by a machine that can build tensors, dictionaries,
/// lists, tuples, numbers, text and None, and nothing else: whatever else a pickle asks for is refused by name, and
/// nothing in the file can run. Weights may lie at the top or in a dictionary inside (<c>state_dict</c>, <c>model</c>, …).
/// Tensors that share a storage are views into it; only tensors whose elements are not in row-major order are copied.
/// </summary>
public sealed class TorchFile : ICheckpoint
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, PickleTensor> _tensors;
    private readonly Dictionary<string, (long Offset, long Length)> _storages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RawTensor> _views = new(StringComparer.Ordinal);
    private readonly List<NativeBuffer> _copies = [];

    private TorchFile(MappedFile file)
    {
        _file = file;
        TorchContent content = Read(file);
        _tensors = StateDict.Find(file.Path, content.Value);
        foreach (PickleTensor tensor in _tensors.Values) Locate(tensor.Storage, content);
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Opens a checkpoint, reads its pickle and checks that every tensor lies in the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is missing, truncated, damaged, of another kind, or its pickle asks for something foreign.</exception>
    public static TorchFile Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new TorchFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <inheritdoc/>
    /// <exception cref="DecantException">There is no such tensor, or it is a strided view so much larger than its file that it must be a trap.</exception>
    public RawTensor Get(string name)
    {
        if (!_tensors.TryGetValue(name, out PickleTensor? tensor))
            throw new DecantException($"{Path} has no tensor '{name}' (it has {_tensors.Count} others).");
        lock (_views)
        {
            ObjectDisposedException.ThrowIf(_file.IsDisposed, this);
            if (!_views.TryGetValue(name, out RawTensor? view)) _views[name] = view = View(name, tensor);
            return view;
        }
    }

    /// <summary>Unmaps the file and frees the copies.</summary>
    public void Dispose()
    {
        _file.Dispose();
        foreach (NativeBuffer copy in _copies) copy.Dispose();
    }

    private static TorchContent Read(MappedFile file)
    {
        ReadOnlySpan<byte> start = file.Span(0, (int)Math.Min(file.Length, 64));
        if (start.StartsWith("PK"u8)) return TorchZip.Read(file);
        // 0x80 opens the protocols that PyTorch uses; the others open a pickle of protocol 0, whose globals deserve to be named.
        if (start[0] is 0x80 or (byte)'(' or (byte)'c' or (byte)'}' or (byte)']') return TorchLegacy.Read(file);
        throw new DecantException($"{file.Path} is not a PyTorch checkpoint: it is neither a zip archive nor a pickle.{ForeignFile.Hint(start)}");
    }

    private void Locate(PickleStorage storage, TorchContent content)
    {
        if (_storages.ContainsKey(storage.Key)) return;
        if (content.FindStorage(storage.Key) is not { } place)
            throw new DecantException($"{Path} is damaged: its storage '{storage.Key}' is missing.");
        if (place.Length != storage.RootBytes)
            throw new DecantException($"{Path} is damaged: its storage '{storage.Key}' has {place.Length} bytes, and its pickle says {storage.RootBytes}.");
        _storages.Add(storage.Key, place);
    }

    private unsafe RawTensor View(string name, PickleTensor tensor)
    {
        long bytes = tensor.Elements * tensor.DType.ElementSize();
        long storage = _storages[tensor.Storage.Key].Offset;
        if (tensor.IsContiguous) return new RawTensor(name, tensor.DType, tensor.Shape, _file, storage + tensor.ByteOffset, bytes);

        // A few bytes seen with a stride of 0 can claim to be any size; real checkpoints never exceed their file by much.
        long limit = 4 * _file.Length + (16 << 20);
        if (bytes > limit - _copies.Sum(c => c.Length))
            throw new DecantException($"{Path}: the tensor '{name}' [{string.Join(", ", tensor.Shape)}] repeats the elements of a much smaller storage, beyond {limit} bytes. Save it with .contiguous().");
        var copy = new NativeBuffer(bytes);
        _copies.Add(copy);
        StridedCopy.Copy(_file.Start + storage, tensor, copy.Start);
        return new RawTensor(name, tensor.DType, tensor.Shape, copy, 0, bytes);
    }
}
