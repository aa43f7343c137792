using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Decant.Distillation.Reports.Logging;

/// <summary>An entry as one flat JSON object, and back. NaN and infinities, which JSON lacks, are the strings "NaN", "Infinity", "-Infinity".</summary>
internal static class MetricsLine
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly string[] Reserved = ["step", "epoch", "time", "kind", "stage"];
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 of the entry with its line end.</summary>
    public static byte[] Encode(MetricsEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("step", entry.Step);
            WriteNumber(json, "epoch", entry.Epoch);
            json.WriteString("time", entry.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("kind", entry.Kind == MetricsKind.Train ? "train" : "eval");
            if (entry.Stage is not null) json.WriteString("stage", entry.Stage);
            var seen = new HashSet<string>(Reserved, StringComparer.Ordinal);
            foreach (var (name, value) in entry.Values)
            {
                if (!seen.Add(name)) throw new ArgumentException($"The value name '{name}' is {(Reserved.Contains(name) ? "reserved" : "given twice")}.", nameof(entry));
                WriteNumber(json, name, value);
            }
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The entry of a line without its line end.</summary>
    /// <exception cref="FormatException">The line is not an entry; the message says why, without file or line number.</exception>
    public static MetricsEntry Decode(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            string kind = root.GetProperty("kind").GetString() ?? "";
            return new MetricsEntry
            {
                Step = root.GetProperty("step").GetInt64(),
                Epoch = Number(root.GetProperty("epoch")),
                Time = DateTimeOffset.Parse(root.GetProperty("time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Kind = kind switch { "train" => MetricsKind.Train, "eval" => MetricsKind.Eval, _ => throw new FormatException($"kind is '{kind}', but should be train or eval") },
                Stage = root.TryGetProperty("stage", out var stage) ? stage.GetString() : null,
                Values = [.. root.EnumerateObject().Where(p => !Reserved.Contains(p.Name)).Select(p => KeyValuePair.Create(p.Name, Number(p.Value)))],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    private static double Number(JsonElement element) => element.ValueKind != JsonValueKind.String ? element.GetDouble() : element.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var text => throw new FormatException($"'{text}' is not a number"),
    };
}
