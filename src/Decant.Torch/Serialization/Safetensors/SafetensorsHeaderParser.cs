using System.Text.Json;

namespace Decant.Torch.Serialization;

/// <summary>Reads the JSON of a safetensors header token by token: no document is built, and a repeated key is seen.</summary>
internal static class SafetensorsHeaderParser
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public static (List<SafetensorsEntry> Tensors, Dictionary<string, string> Metadata) Parse(string path, ReadOnlySpan<byte> json)
    {
        var tensors = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            reader.Read();
            while (NextKey(ref reader) is { } name)
            {
                if (!seen.Add(name))
                    throw new DecantException($"{path} is damaged: its header has the key '{name}' twice.");
                if (name == "__metadata__") ReadMetadata(path, ref reader, metadata);
                else tensors.Add(ReadTensor(path, name, ref reader));
            }
            reader.Read(); // Only white space may follow: anything else throws.
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException is what the reader throws for bytes that are not UTF-8 and for a value of another kind.
            throw new DecantException($"{path} is damaged: its header is not valid JSON of the safetensors form. {e.Message}", e);
        }
        return (tensors, metadata);
    }

    private static void ReadMetadata(string path, ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextKey(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new DecantException($"{path} is damaged: its metadata has the key '{key}' twice.");
        }
    }

    private static SafetensorsEntry ReadTensor(string path, string name, ref Utf8JsonReader reader)
    {
        string? dtypeName = null;
        long[]? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextKey(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when dtypeName is null: Expect(ref reader, JsonTokenType.String); dtypeName = reader.GetString(); break;
                case "shape" when shape is null: shape = ReadIntegers(ref reader); break;
                case "data_offsets" when offsets is null: offsets = ReadIntegers(ref reader); break;
                default: throw new DecantException($"{path} is damaged: the tensor '{name}' has an unknown or repeated key '{key}' in the header.");
            }
        }
        if (dtypeName is null || shape is null || offsets is not [long begin, long end])
            throw new DecantException($"{path} is damaged: the header must give dtype, shape and two data_offsets for the tensor '{name}'.");
        if (SafetensorsDType.Parse(dtypeName) is not { } dtype)
            throw new DecantException($"{path}: the tensor '{name}' has the element type {dtypeName}, which Decant does not read (F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL). Convert the checkpoint first.");
        if (shape.Length > TensorSize.MaxDimensions || !TensorSize.TryCount(shape, out long elements))
            throw new DecantException($"{path} is damaged: the tensor '{name}' has an impossible shape [{string.Join(", ", shape.Take(16))}{(shape.Length > 16 ? ", …" : "")}].");
        long bytes = elements * dtype.ElementSize();
        if (begin < 0 || end < begin || end - begin != bytes)
            throw new DecantException($"{path} is damaged: the tensor '{name}' is {dtypeName}[{string.Join(", ", shape)}], {bytes} bytes, and its data_offsets [{begin}, {end}] are not.");
        return new SafetensorsEntry(name, dtype, shape, begin, end);
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader)
    {
        var values = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(reader.GetInt64());
        return [.. values];
    }

    /// <summary>The next key of the object the reader stands in; null at its end.</summary>
    private static string? NextKey(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) throw new JsonException("It ends too early.");
        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw new JsonException($"Expected {type}, found {reader.TokenType}.");
    }
}
