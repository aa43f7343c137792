using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Decant.Torch.Serialization;

/// <summary>
/// Writes a safetensors file. Tensors are announced first, then streamed one after another, so that no more than one
/// has to be in memory; the file appears whole or not at all. The same tensors and metadata give the same bytes,
/// whatever the order they were added in: wider element types first (so that every tensor is aligned to its own
/// elements), then by name, as the format's own library does.
/// </summary>
public sealed class SafetensorsWriter
{
    private sealed record Pending(string Name, DType DType, long[] Shape, long Bytes, Action<Stream> Write);

    private readonly Dictionary<string, Pending> _tensors = new(StringComparer.Ordinal);

    /// <summary>
    /// Strings to keep in the header. <c>format</c> = <c>pt</c>, which Python's <c>transformers</c> asks for, is there from the start.
    /// </summary>
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal) { ["format"] = "pt" };

    /// <summary>Announces a tensor whose bytes are produced when the file is written.</summary>
    /// <param name="name">Its name; not empty, not <c>__metadata__</c>, not used before.</param>
    /// <param name="dtype">Its element type.</param>
    /// <param name="shape">Its sizes; empty for a single number.</param>
    /// <param name="write">Writes exactly its bytes: row-major, little-endian.</param>
    /// <exception cref="DecantException">The name is taken or reserved, or the shape is impossible.</exception>
    public SafetensorsWriter Add(string name, DType dtype, ReadOnlySpan<long> shape, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (name is "" or "__metadata__")
            throw new DecantException($"A tensor cannot be named '{name}' in a safetensors file.");
        if (!TensorSize.TryCount(shape, out long elements))
            throw new DecantException($"The tensor '{name}' has an impossible shape [{string.Join(", ", shape.ToArray())}].");
        if (!_tensors.TryAdd(name, new Pending(name, dtype, shape.ToArray(), elements * dtype.ElementSize(), write)))
            throw new DecantException($"The tensor '{name}' was added to the safetensors file twice.");
        return this;
    }

    /// <summary>Announces a tensor whose bytes are at hand.</summary>
    /// <param name="name">Its name; not empty, not <c>__metadata__</c>, not used before.</param>
    /// <param name="dtype">Its element type.</param>
    /// <param name="shape">Its sizes; empty for a single number.</param>
    /// <param name="bytes">Its bytes: row-major, little-endian. They are read when the file is written.</param>
    /// <exception cref="DecantException">The name is taken or reserved, or the shape is impossible.</exception>
    public SafetensorsWriter Add(string name, DType dtype, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> bytes) =>
        Add(name, dtype, shape, stream => stream.Write(bytes.Span));

    /// <summary>Announces a tensor of another checkpoint, which must stay open until the file is written.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Its name in the new file; null keeps the old one.</param>
    /// <exception cref="DecantException">The name is taken or reserved.</exception>
    public SafetensorsWriter Add(RawTensor tensor, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Add(name ?? tensor.Name, tensor.DType, tensor.Shape, stream => WriteRaw(stream, tensor));
    }

    /// <summary>Writes the file: aside first, then in place of what was there.</summary>
    /// <param name="path">The file to create or replace. Its folder is created when missing.</param>
    /// <exception cref="DecantException">A tensor gave more or fewer bytes than its shape says, or the disk is full; what was there before is untouched.</exception>
    public void Save(string path)
    {
        Pending[] order = [.. _tensors.Values.OrderByDescending(t => t.DType.ElementSize()).ThenBy(t => t.Name, StringComparer.Ordinal)];
        byte[] header = Header(order);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            long end = stream.Position;
            foreach (Pending tensor in order)
            {
                tensor.Write(stream);
                end += tensor.Bytes;
                if (stream.Position != end)
                    throw new DecantException($"The tensor '{tensor.Name}' of {path} should have {tensor.Bytes} bytes and gave {stream.Position - end + tensor.Bytes}.");
            }
        });
    }

    private byte[] Header(Pending[] order)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in Metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            long at = 0;
            foreach (Pending tensor in order)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", SafetensorsDType.Name(tensor.DType));
                json.WriteStartArray("shape");
                foreach (long size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += tensor.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // The data begins at a multiple of 8, so that mapped tensors are aligned.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        if (buffer.Length > SafetensorsHeader.MaxLength)
            throw new DecantException($"The header of the safetensors file would have {buffer.Length} bytes, and the limit is {SafetensorsHeader.MaxLength}. Keep less metadata.");
        return buffer.ToArray();
    }

    private static unsafe void WriteRaw(Stream stream, RawTensor tensor)
    {
        const int Step = 1 << 20;
        for (long at = 0; at < tensor.ByteCount; at += Step)
            stream.Write(new ReadOnlySpan<byte>((byte*)tensor.Address + at, (int)Math.Min(Step, tensor.ByteCount - at)));
    }
}
