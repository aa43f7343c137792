using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Text.Data;
using Decant.Text.Data.Files;

namespace Decant.Text.Augmentation;

/// <summary>An own JSONL file; fields keep their order.</summary>
internal sealed class JsonLinesAugmentation(TableOptions options) : AugmentationTable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string? Header() => null;

    /// <inheritdoc/>
    public override IEnumerable<AugmentationRow> Rows()
    {
        foreach (TextLine line in Utf8Lines.Read(Path))
        {
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            JsonObject row = Parse(line);
            string[] texts = options.Pair is { } pair ? [row[options.Text]!.GetValue<string>(), row[pair]!.GetValue<string>()] : [row[options.Text]!.GetValue<string>()];
            yield return new AugmentationRow(texts, changed => With(row, changed));
        }
    }

    private string With(JsonObject row, string[] texts)
    {
        row[options.Text] = texts[0];
        if (options.Pair is { } pair) row[pair] = texts[1];
        return row.ToJsonString(Readable);
    }

    // The readers take what they do not look at as it is: a name that is there twice, half of a surrogate pair. It could not be written again.
    private JsonObject Parse(TextLine line)
    {
        try
        {
            var row = JsonNode.Parse(line.Text)!.AsObject();
            _ = row.Count; // names are looked at when they are needed, texts when they are written
            _ = row.ToJsonString(Readable);
            return row;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new DecantException($"{Path}: line {line.Number} cannot be written again: {e.Message}", e);
        }
    }
}
