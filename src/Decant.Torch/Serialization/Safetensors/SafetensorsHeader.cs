namespace Decant.Torch.Serialization;

/// <summary>The checked header of a safetensors file.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The format's own limit on the header, in bytes.</summary>
    public const long MaxLength = 100_000_000;

    private SafetensorsHeader(List<SafetensorsEntry> tensors, Dictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors, by place in the file.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors { get; }

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where the data block begins in the file.</summary>
    public long DataOffset { get; private init; }

    /// <summary>Reads and checks the header: its length, its JSON, and that the tensors fill the data block exactly.</summary>
    public static SafetensorsHeader Read(MappedFile file)
    {
        string path = file.Path;
        ReadOnlySpan<byte> start = file.Span(0, (int)Math.Min(file.Length, 64));
        if (file.Length < 8)
            throw new DecantException($"{path} is not a safetensors file: it has {file.Length} bytes, fewer than the 8 of the header's length.");
        ulong length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MaxLength)
            throw new DecantException($"{path} is not a safetensors file: its header would have {length} bytes, and the limit is {MaxLength}.{ForeignFile.Hint(start)}");
        if ((long)length > file.Length - 8)
            throw new DecantException($"{path} is truncated or not a safetensors file: its header should have {length} bytes, and {file.Length - 8} are left.{ForeignFile.Hint(start)}");
        ReadOnlySpan<byte> json = file.Span(8, (int)length);
        if (json.IsEmpty || json[0] != '{')
            throw new DecantException($"{path} is not a safetensors file: its header does not begin with '{{'.{ForeignFile.Hint(start)}");

        var (tensors, metadata) = SafetensorsHeaderParser.Parse(path, json);
        CheckLayout(path, tensors, file.Length - 8 - (long)length);
        return new SafetensorsHeader(tensors, metadata) { DataOffset = 8 + (long)length };
    }

    private static void CheckLayout(string path, List<SafetensorsEntry> tensors, long dataLength)
    {
        tensors.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin)
            : a.End != b.End ? a.End.CompareTo(b.End) : string.CompareOrdinal(a.Name, b.Name));
        long at = 0;
        foreach (SafetensorsEntry tensor in tensors)
        {
            if (tensor.End > dataLength)
                throw new DecantException($"{path} is truncated or damaged: the tensor '{tensor.Name}' ends at byte {tensor.End} of the data, which has {dataLength} bytes.");
            if (tensor.Begin < at)
                throw new DecantException($"{path} is damaged: the tensor '{tensor.Name}' begins at byte {tensor.Begin} of the data, inside the tensor before it (which ends at {at}).");
            if (tensor.Begin > at)
                throw new DecantException($"{path} is damaged: bytes {at} to {tensor.Begin} of the data, before the tensor '{tensor.Name}', belong to no tensor.");
            at = tensor.End;
        }
        if (at != dataLength)
            throw new DecantException($"{path} is damaged: the last {dataLength - at} bytes of the data belong to no tensor.");
    }
}
