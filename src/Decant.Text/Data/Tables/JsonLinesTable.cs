using System.Text.Json;
using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>Reads one JSON object a line. Empty lines are skipped.</summary>
internal static class JsonLinesTable
{
    public static IEnumerable<TableRow> Read(IEnumerable<TextLine> lines, TableOptions options, LabelColumn labels, string name)
    {
        foreach (TextLine line in lines)
        {
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            string place = $"{name}: line {line.Number}";
            using JsonDocument json = Parse(line.Text, place);
            JsonElement row = json.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw new DecantException($"{place} is not a JSON object. A JSONL file has one object a line, such as {{\"{options.Text}\": \"…\"}}.");
            yield return new TableRow(
                line.Number,
                JsonFields.Text(JsonFields.Get(row, options.Text, place), options.Text, place),
                options.Pair is null ? null : JsonFields.Text(JsonFields.Get(row, options.Pair, place), options.Pair, place),
                options.Id is null ? null : One(JsonFields.Get(row, options.Id, place), options.Id, place),
                labels == LabelColumn.Ignored ? null : Labels(row, options, labels, place));
        }
    }

    private static JsonDocument Parse(string line, string place)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException e)
        {
            throw new DecantException($"{place} is not valid JSON at byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber")[0]} A JSONL file has one object a line.", e);
        }
    }

    private static string[]? Labels(JsonElement row, TableOptions options, LabelColumn labels, string place)
    {
        if (labels == LabelColumn.Optional && !JsonFields.TryGet(row, options.Label, place, out _)) return null;
        JsonElement value = JsonFields.Get(row, options.Label, place);
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Array) return [One(value, options.Label, place)];
        if (options.Kind != TaskKind.MultiLabel)
            throw new DecantException($"{place}: '{options.Label}' is a list, but the task has one label an example.");
        return [.. value.EnumerateArray().Select(v => One(v, options.Label, place))];
    }

    private static string One(JsonElement value, string field, string place) => value.ValueKind switch
    {
        JsonValueKind.String => JsonFields.Text(value, field, place),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new DecantException($"{place}: '{field}' is {value.ValueKind.ToString().ToLowerInvariant()}, but it must be a text, a number, true or false."),
    };
}
