using System.Text.Json;

namespace Decant.Torch.Serialization;

/// <summary>The index of a checkpoint in several files: which file holds which tensor.</summary>
internal static class ShardIndex
{
    private const long MaxLength = 100_000_000;

    /// <summary>Reads the <c>weight_map</c> of an index file: tensor name to file name, in the order of the index.</summary>
    public static IReadOnlyList<(string Tensor, string File)> Read(string path)
    {
        using MappedFile file = MappedFile.Open(path);
        if (file.Length > MaxLength)
            throw new DecantException($"{path} has {file.Length} bytes; an index of shards has at most {MaxLength}.");
        var places = new List<(string, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(file.Span(0, (int)file.Length).ToArray());
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
                throw new DecantException($"{path} is not an index of shards: it has no \"weight_map\".");
            foreach (JsonProperty entry in map.EnumerateObject())
            {
                string shard = entry.Value.GetString() ?? "";
                // The index may come from anywhere: it must not lead out of its own folder.
                if (shard.Length == 0 || shard is "." or ".." || shard.AsSpan().ContainsAny('/', '\\', '\0'))
                    throw new DecantException($"{path}: the tensor '{entry.Name}' should lie in '{shard}', which is not the name of a file beside the index.");
                if (!seen.Add(entry.Name))
                    throw new DecantException($"{path} is damaged: it lists the tensor '{entry.Name}' twice.");
                places.Add((entry.Name, shard));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DecantException($"{path} is not a valid index of shards: {e.Message}", e);
        }
        return places;
    }
}
