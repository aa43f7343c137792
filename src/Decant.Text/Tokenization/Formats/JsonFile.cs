using System.Text.Json;

namespace Decant.Text.Tokenization.Formats;

/// <summary>A JSON object in a file, read with errors that name the file and the field.</summary>
internal readonly struct JsonFile
{
    private readonly string _path;
    private readonly string _field;
    private readonly JsonElement _object;

    private JsonFile(string path, string field, JsonElement value) => (_path, _field, _object) = (path, field, value);

    /// <summary>Reads a file whose content is one JSON object.</summary>
    public static JsonFile Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new DecantException($"{path}: the content is no JSON object. Check that it is the file that Hugging Face writes under this name.");
            return new(path, "", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new DecantException($"{path}: line {e.LineNumber + 1} is not valid JSON ({e.Message}). Check that the file is whole.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Where this object is, for messages.</summary>
    public string Place => _field.Length == 0 ? _path : $"{_path}: {_field}";

    /// <summary>The members of this object.</summary>
    public JsonElement.ObjectEnumerator Members => _object.EnumerateObject();

    /// <summary>Whether a member is there and not null.</summary>
    public bool Has(string name) => _object.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A member, null where it is missing or null.</summary>
    public JsonElement? Get(string name) =>
        _object.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member that is an object, or an error.</summary>
    public JsonFile Object(string name) => Get(name) is { ValueKind: JsonValueKind.Object } value
        ? new(_path, Join(name), value)
        : throw Wrong(name, "an object");

    /// <summary>An element of an array in this file as an object, or an error.</summary>
    public JsonFile Element(string name, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? new(_path, Join(name), value)
        : throw Wrong(name, "an object");

    /// <summary>The elements of a member that is an array; none where it is missing.</summary>
    public IEnumerable<JsonElement> Array(string name) => Get(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => value.EnumerateArray(),
        _ => throw Wrong(name, "an array"),
    };

    /// <summary>A string member, null where it is missing. A token may be written as an object with a <c>content</c>.</summary>
    public string? String(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Object } value when value.TryGetProperty("content", out JsonElement content)
            && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => throw Wrong(name, "a string"),
    };

    /// <summary>A member that is true or false, null where it is missing.</summary>
    public bool? Boolean(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    /// <summary>A whole number, null where it is missing.</summary>
    public int? Integer(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    /// <summary>Refuses what this tokenizer cannot do.</summary>
    public DecantException Unsupported(string name, string found, string only) =>
        new($"{_path}: {Join(name)} is {found}; only {only} is supported. This tokenizer is BERT's (basic tokenizer and WordPiece); use a BERT model.");

    private DecantException Wrong(string name, string wanted) =>
        new($"{_path}: {Join(name)} must be {wanted}{(Has(name) ? "" : ", and it is missing")}. Check that the file is whole.");

    private string Join(string name) => _field.Length == 0 ? name : $"{_field}.{name}";
}
