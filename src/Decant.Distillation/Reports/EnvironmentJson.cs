using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Distillation.Reports;

/// <summary>The environment as a JSON file of a run folder (<c>environment.json</c>).</summary>
public static class EnvironmentJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file atomically.</summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="environment">What to write.</param>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public static void Write(string path, EnvironmentInfo environment) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(environment, Options) + "\n");

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is missing or not such a file.</exception>
    public static EnvironmentInfo Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<EnvironmentInfo>(File.ReadAllText(path), Options)
                ?? throw new DecantException($"{path} holds no environment, only null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DecantException($"Cannot read the environment from {path}: {e.Message}", e);
        }
    }
}
