using System.Text.Encodings.Web;
using System.Text.Json;

namespace Decant.Text.Tokenization.Formats;

/// <summary>Writes the four tokenizer files of a Hugging Face model directory.</summary>
internal static class TokenizerWriter
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the files are data, never part of a web page
    };

    /// <summary>Writes all four; each replaces the old one whole.</summary>
    public static void Write(string folder, Vocabulary vocabulary, TokenizerOptions options)
    {
        WriteVocabulary(Path.Combine(folder, TokenizerDirectory.VocabularyFileName), vocabulary);
        WriteJson(folder, TokenizerDirectory.TokenizerFileName, json => WriteTokenizer(json, vocabulary, options));
        WriteJson(folder, TokenizerDirectory.ConfigFileName, json => WriteConfig(json, vocabulary, options));
        WriteJson(folder, TokenizerDirectory.SpecialTokensFileName, json => WriteNames(json, vocabulary, options.SpecialTokens));
    }

    private static void WriteVocabulary(string path, Vocabulary vocabulary)
    {
        for (int id = 0; id < vocabulary.WordPieceCount; id++)
            if (vocabulary[id].Contains('\n') || vocabulary[id].EndsWith('\r'))
                throw new DecantException($"The piece with id {id} holds a line break, so {path} cannot be written: it has one piece a line. Keep this model in its tokenizer.json.");
        AtomicFile.WriteText(path, string.Concat(vocabulary.Pieces.Take(vocabulary.WordPieceCount).Select(piece => piece + "\n")));
    }

    private static void WriteTokenizer(Utf8JsonWriter json, Vocabulary vocabulary, TokenizerOptions options)
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var (id, token) in AddedTokens(vocabulary, options.SpecialTokens))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            WriteToken(json, token);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        json.WriteStartObject("normalizer");
        json.WriteString("type", "BertNormalizer");
        json.WriteBoolean("clean_text", true);
        json.WriteBoolean("handle_chinese_chars", options.TokenizeChineseChars);
        WriteBoolean(json, "strip_accents", options.StripAccents);
        json.WriteBoolean("lowercase", options.Lowercase);
        json.WriteEndObject();

        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "BertPreTokenizer");
        json.WriteEndObject();
        WritePostProcessor(json, vocabulary, options.SpecialTokens);

        json.WriteStartObject("decoder");
        json.WriteString("type", "WordPiece");
        json.WriteString("prefix", Vocabulary.ContinuationPrefix);
        json.WriteBoolean("cleanup", true);
        json.WriteEndObject();

        json.WriteStartObject("model");
        json.WriteString("type", "WordPiece");
        json.WriteString("unk_token", options.SpecialTokens.Unknown);
        json.WriteString("continuing_subword_prefix", Vocabulary.ContinuationPrefix);
        json.WriteNumber("max_input_chars_per_word", options.MaxWordLength);
        json.WriteStartObject("vocab");
        for (int id = 0; id < vocabulary.WordPieceCount; id++) json.WriteNumber(vocabulary[id], id);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePostProcessor(Utf8JsonWriter json, Vocabulary vocabulary, SpecialTokens special)
    {
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        foreach ((string name, bool pair) in (ReadOnlySpan<(string, bool)>)[("single", false), ("pair", true)])
        {
            json.WriteStartArray(name);
            WriteStep(json, "SpecialToken", special.Classification, 0);
            WriteStep(json, "Sequence", "A", 0);
            WriteStep(json, "SpecialToken", special.Separator, 0);
            if (pair) WriteStep(json, "Sequence", "B", 1);
            if (pair) WriteStep(json, "SpecialToken", special.Separator, 1);
            json.WriteEndArray();
        }
        json.WriteStartObject("special_tokens");
        foreach ((string token, int id) in (ReadOnlySpan<(string, int)>)
            [(special.Classification, vocabulary.ClassificationId), (special.Separator, vocabulary.SeparatorId)])
        {
            json.WriteStartObject(token);
            json.WriteString("id", token);
            json.WriteStartArray("ids");
            json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(token);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, string kind, string id, int type)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, Vocabulary vocabulary, TokenizerOptions options)
    {
        json.WriteString("tokenizer_class", "BertTokenizer");
        json.WriteBoolean("do_lower_case", options.Lowercase);
        WriteBoolean(json, "strip_accents", options.StripAccents);
        json.WriteBoolean("tokenize_chinese_chars", options.TokenizeChineseChars);
        if (options.ModelMaxLength is { } length) json.WriteNumber("model_max_length", length);
        WriteNames(json, vocabulary, options.SpecialTokens);
        json.WriteStartObject("added_tokens_decoder");
        foreach (var (id, token) in AddedTokens(vocabulary, options.SpecialTokens))
        {
            json.WriteStartObject(id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            WriteToken(json, token);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, Vocabulary vocabulary, SpecialTokens special)
    {
        json.WriteString("unk_token", special.Unknown);
        json.WriteString("sep_token", special.Separator);
        json.WriteString("pad_token", special.Padding);
        json.WriteString("cls_token", special.Classification);
        if (vocabulary.HasMask) json.WriteString("mask_token", special.Mask);
    }

    private static IEnumerable<(int Id, AddedToken Token)> AddedTokens(Vocabulary vocabulary, SpecialTokens special) =>
        special.All.Select(name => new AddedToken(name, true)).Concat(vocabulary.AddedTokens)
            .Select(token => (Id: vocabulary.TryGetId(token.Content, out int id) ? id : -1, token))
            .Where(item => item.Id >= 0)
            .OrderBy(item => item.Id);

    private static void WriteToken(Utf8JsonWriter json, AddedToken token)
    {
        json.WriteString("content", token.Content);
        json.WriteBoolean("single_word", false);
        json.WriteBoolean("lstrip", false);
        json.WriteBoolean("rstrip", false);
        json.WriteBoolean("normalized", false);
        json.WriteBoolean("special", token.Special);
    }

    private static void WriteBoolean(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known) json.WriteBoolean(name, known);
        else json.WriteNull(name);
    }

    private static void WriteJson(string folder, string name, Action<Utf8JsonWriter> body) =>
        AtomicFile.Write(Path.Combine(folder, name), stream =>
        {
            using var json = new Utf8JsonWriter(stream, Indented);
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        });
}
