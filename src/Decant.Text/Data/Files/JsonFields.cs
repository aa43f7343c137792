using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Decant.Text.Data.Files;

/// <summary>
/// Looks into JSON written by others. A text may hold half of a surrogate pair (<c>\uD800</c>), which no string can
/// be made of: that is refused with its place, in names as in values.
/// </summary>
internal static class JsonFields
{
    public static bool TryGet(JsonElement row, string field, string place, [NotNullWhen(true)] out JsonElement? value)
    {
        try
        {
            value = row.TryGetProperty(field, out JsonElement found) ? found : null;
            return value is not null;
        }
        catch (InvalidOperationException e)
        {
            throw NoText(place, "a field's name", e);
        }
    }

    public static JsonElement Get(JsonElement row, string field, string place) =>
        TryGet(row, field, place, out JsonElement? value) ? value.Value : throw Missing.Name("field", field, Names(row, place), place);

    public static string Text(JsonElement value, string field, string place)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw new DecantException($"{place}: '{field}' is {value.ValueKind.ToString().ToLowerInvariant()}, but it must be a text in quotes.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NoText(place, $"'{field}'", e);
        }
    }

    private static string[] Names(JsonElement row, string place)
    {
        try
        {
            return [.. row.EnumerateObject().Select(p => p.Name)];
        }
        catch (InvalidOperationException e)
        {
            throw NoText(place, "a field's name", e);
        }
    }

    private static DecantException NoText(string place, string what, Exception cause) =>
        new($"{place}: {what} holds half of a surrogate pair (\\uD800 to \\uDFFF) or bytes that are not UTF-8, and is no text.", cause);
}
