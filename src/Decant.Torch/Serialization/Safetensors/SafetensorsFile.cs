namespace Decant.Torch.Serialization;

/// <summary>
/// A safetensors file, mapped into memory. The header is checked whole when the file is opened: its length (at most
/// 100 MB), no key twice, and tensors that fill the data without holes or overlaps; after that no view can lie
/// outside the file.
/// </summary>
public sealed class SafetensorsFile : ICheckpoint
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, RawTensor> _tensors;
    private readonly string[] _names;

    private SafetensorsFile(MappedFile file, SafetensorsHeader header)
    {
        _file = file;
        Metadata = header.Metadata;
        _names = [.. header.Tensors.Select(t => t.Name)];
        _tensors = header.Tensors.ToDictionary(
            t => t.Name,
            t => new RawTensor(t.Name, t.DType, t.Shape, file, header.DataOffset + t.Begin, t.End - t.Begin),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The strings of the header's <c>__metadata__</c>, such as <c>format</c> = <c>pt</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is missing, truncated, damaged or of another kind.</exception>
    public static SafetensorsFile Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new SafetensorsFile(file, SafetensorsHeader.Read(file));
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
    public RawTensor Get(string name) => _tensors.TryGetValue(name, out RawTensor? tensor)
        ? tensor
        : throw new DecantException($"{Path} has no tensor '{name}' (it has {_tensors.Count} others).");

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _file.Dispose();
}
