using System.Text.Json;
using Decant.Serving.Contract;
using Microsoft.AspNetCore.Http;

namespace Decant.Serving.Reading;

/// <summary>
/// Reads the body of a predict request, strictly: every message names the field. Not a deserialiser: its messages would speak of .NET types.
/// </summary>
/// <param name="options">What is too long or too many.</param>
internal sealed class PredictRequestReader(ServingOptions options)
{
    /// <summary>What is said of other content types.</summary>
    public const string NotJson = "The body must be JSON: send it with Content-Type: application/json.";

    private static readonly string[] fields = ["inputs", "text", "pair", "speed", "top_k"];
    private static readonly string[] inputFields = ["text", "pair"];
    private static readonly JsonDocumentOptions json = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads the body.</summary>
    /// <exception cref="RequestException">It is not JSON, or not a request.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, or ends early.</exception>
    public async Task<PredictRequest> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, NotJson);
        if (request.ContentLength is 0) throw Wrong("The body is empty; send {\"text\": \"…\"} or {\"inputs\": [\"…\"]}.");
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(request.Body, json, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return Check(Read(body.RootElement));
        }
        catch (JsonException e)
        {
            throw Wrong($"The body is not JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw Wrong("The name of a field is not valid Unicode.");  // values are looked at where they are read
        }
    }

    private static RequestException Wrong(string message) => new(StatusCodes.Status400BadRequest, message);

    private static PredictRequest Read(JsonElement body)
    {
        RequireObject(body, "The body", fields);
        return new PredictRequest
        {
            Inputs = Field(body, "inputs") is { } inputs ? ReadInputs(inputs) : null,
            Text = OptionalText(body, "text", "text"),
            Pair = OptionalText(body, "pair", "pair"),
            Speed = Field(body, "speed") is { } speed ? Number(speed) : 0,
            TopK = Field(body, "top_k") is { } count ? Count(count) : null,
        };
    }

    private static PredictInput[] ReadInputs(JsonElement inputs)
    {
        if (inputs.ValueKind != JsonValueKind.Array) throw Wrong($"inputs must be a list, not {Kind(inputs)}. One text goes into text.");
        return [.. inputs.EnumerateArray().Select((input, i) => ReadInput(input, $"inputs[{i}]"))];
    }

    private static PredictInput ReadInput(JsonElement input, string where)
    {
        if (input.ValueKind == JsonValueKind.String) return new PredictInput { Text = Text(input, where) };
        if (input.ValueKind != JsonValueKind.Object) throw Wrong($"{where} must be a text or an object with text and pair, not {Kind(input)}.");
        RequireObject(input, where, inputFields);
        return new PredictInput
        {
            Text = OptionalText(input, "text", $"{where}.text") ?? throw Wrong($"{where} has no text."),
            Pair = OptionalText(input, "pair", $"{where}.pair"),
        };
    }

    private PredictRequest Check(PredictRequest request)
    {
        if (request is { Inputs: not null, Text: not null } or { Inputs: not null, Pair: not null })
            throw Wrong("Send either inputs, or text with or without pair; not both.");
        if (request is { Text: null, Pair: not null }) throw Wrong("pair is the second text of a pair; the first, text, is missing.");
        IReadOnlyList<PredictInput> inputs = request.Inputs
            ?? (request.Text is { } text ? [new PredictInput { Text = text, Pair = request.Pair }] : throw Wrong("There is nothing to predict: send text or inputs."));
        if (inputs.Count == 0) throw Wrong("inputs is empty; send at least one.");
        int most = Math.Min(options.MaxInputs, options.QueueCapacity);
        if (inputs.Count > most) throw Wrong($"inputs has {inputs.Count} entries; a request may have {most}. Send several requests.");
        for (int i = 0; i < inputs.Count; i++)
        {
            string where = request.Inputs is null ? "" : $"inputs[{i}].";
            CheckLength(inputs[i].Text, $"{where}text");
            if (inputs[i].Pair is { } pair) CheckLength(pair, $"{where}pair");
        }
        return request with { Inputs = inputs, Text = null, Pair = null };
    }

    private void CheckLength(string text, string where)
    {
        if (text.Length > options.MaxTextLength)
            throw Wrong($"{where} has {text.Length} characters; a text may have {options.MaxTextLength}. A BERT reads a few hundred words: send its beginning.");
    }

    private static void RequireObject(JsonElement element, string where, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Wrong($"{where} must be an object, not {Kind(element)}.");
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (known.Contains(property.Name)) continue;
            string hint = NearestName.Of(property.Name, known) is { } near ? $" Did you mean {near}?" : "";
            throw Wrong($"{where} has a field '{Shortened(property.Name)}' that is not known.{hint} Known: {string.Join(", ", known)}.");
        }
    }

    private static JsonElement? Field(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? OptionalText(JsonElement body, string name, string where) => Field(body, name) is { } value ? Text(value, where) : null;

    private static string Text(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.String) throw Wrong($"{where} must be a text, not {Kind(value)}.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8, or half a surrogate pair, are only noticed when the text is taken out.
            throw Wrong($"{where} is not valid Unicode.");
        }
    }

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= 1 and var number ? number : throw Wrong($"speed must be a number from 0 to 1, not {Shown(value)}.");

    private static int Count(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count >= 1 ? count : throw Wrong($"top_k must be a whole number from 1, not {Shown(value)}.");

    private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.Number ? Shortened(value.GetRawText()) : Kind(value);

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text.AsSpan(0, 40)}…";

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
