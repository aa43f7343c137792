using System.Text.Json;

namespace Decant.Distillation.Experiments;

/// <summary>Reads and writes <c>result.json</c>.</summary>
public static class ResultFile
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes a result whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">What to write.</param>
    public static void Write<T>(string path, T result) => AtomicFile.WriteText(path, JsonSerializer.Serialize(result, json) + "\n");

    /// <summary>Reads a result; null when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is damaged.</exception>
    public static T? Read<T>(string path) where T : class
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), json);
        }
        catch (JsonException e)
        {
            throw new DecantException($"{path} is not a result of Decant: {e.Message}", e);
        }
    }
}
