using System.Text.Json;
using Decant.Text.Streaming;

namespace Decant.Text.Tokenization.JsonLines;

/// <summary>One line of the input.</summary>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text, or null.</param>
/// <param name="MaxLength">The longest sequence, or null where the line does not say.</param>
internal readonly record struct TokenLine(string Text, string? Pair, int? MaxLength)
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The bytes, without the line end.</param>
    /// <param name="place">File and line, for messages.</param>
    /// <exception cref="DecantException">It is no such object.</exception>
    public static TokenLine Read(ReadOnlySpan<byte> line, LinePlace place)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new DecantException($"{place} is no JSON object; write {{\"text\": \"…\"}}, and \"pair\" and \"max_length\" where needed.");
            TokenLine read = ReadFields(ref reader, place);
            reader.Read();  // anything behind the object is an error
            return read;
        }
        catch (JsonException e)
        {
            throw new DecantException($"{place} is not valid JSON at byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber")[0]}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new DecantException($"{place} holds a text that is no Unicode: invalid UTF-8, or half of a surrogate pair (\\uD800 to \\uDFFF).", e);
        }
    }

    private static TokenLine ReadFields(ref Utf8JsonReader reader, LinePlace place)
    {
        string? text = null, pair = null;
        int? maxLength = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8)) text = String(ref reader, "text", place) ?? throw new DecantException($"{place}: \"text\" is null, but it must be a text in quotes.");
            else if (reader.ValueTextEquals("pair"u8)) pair = String(ref reader, "pair", place);
            else if (reader.ValueTextEquals("max_length"u8)) maxLength = Length(ref reader, place);
            else reader.Skip();
        }
        return new(text ?? throw new DecantException($"{place} has no \"text\"."), pair, maxLength);
    }

    private static string? String(ref Utf8JsonReader reader, string name, LinePlace place)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? reader.GetString()
            : throw new DecantException($"{place}: \"{name}\" must be a text in quotes.");
    }

    private static int? Length(ref Utf8JsonReader reader, LinePlace place)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int length) && length > 0
            ? length
            : throw new DecantException($"{place}: \"max_length\" must be a whole number from 1.");
    }
}
