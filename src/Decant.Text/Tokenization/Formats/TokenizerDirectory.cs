using System.Text.Json;

namespace Decant.Text.Tokenization.Formats;

/// <summary>Reads the tokenizer of a Hugging Face model directory: <c>tokenizer.json</c>, or <c>vocab.txt</c> with its settings.</summary>
internal static class TokenizerDirectory
{
    public const string VocabularyFileName = "vocab.txt", TokenizerFileName = "tokenizer.json";
    public const string ConfigFileName = "tokenizer_config.json", SpecialTokensFileName = "special_tokens_map.json";

    // These classes of transformers read a vocab.txt as BERT's own does.
    private static readonly string[] BertClasses = ["Bert", "DistilBert", "MobileBert", "Electra", "ConvBert", "SqueezeBert"];

    /// <summary>The vocabulary and the options.</summary>
    public static (Vocabulary Vocabulary, TokenizerOptions Options) Read(string folder)
    {
        string vocabulary = Path.Combine(folder, VocabularyFileName), tokenizer = Path.Combine(folder, TokenizerFileName);
        JsonFile? config = ReadOptional(folder, ConfigFileName);
        SpecialTokens names = Names(config, Names(ReadOptional(folder, SpecialTokensFileName), new()));
        if (File.Exists(tokenizer))
        {
            var (read, options) = TokenizerJson.Read(tokenizer, names);
            return (read, options with { ModelMaxLength = MaxLength(config) });
        }
        if (!File.Exists(vocabulary))
            throw new DecantException($"{folder} holds neither {TokenizerFileName} nor {VocabularyFileName}. Copy the tokenizer's files there from the model that the pieces belong to.");
        CheckConfig(config);
        return (ReadVocabulary(folder, config, names), new TokenizerOptions
        {
            Lowercase = config?.Boolean("do_lower_case") ?? true,
            StripAccents = config?.Boolean("strip_accents"),
            TokenizeChineseChars = config?.Boolean("tokenize_chinese_chars") ?? true,
            SpecialTokens = names,
            ModelMaxLength = MaxLength(config),
        });
    }

    private static void CheckConfig(JsonFile? file)
    {
        if (file is not { } config) return;
        if (config.String("tokenizer_class") is { } type && !BertClasses.Any(name => type == name + "Tokenizer" || type == name + "TokenizerFast"))
            throw config.Unsupported("tokenizer_class", type, string.Join(", ", BertClasses.Select(name => name + "Tokenizer")));
        if (config.Boolean("do_basic_tokenize") == false) throw config.Unsupported("do_basic_tokenize", "false", "true");
        if (config.Array("never_split").Any()) throw config.Unsupported("never_split", "not empty", "an empty list");
    }

    private static Vocabulary ReadVocabulary(string folder, JsonFile? file, SpecialTokens names)
    {
        string path = Path.Combine(folder, VocabularyFileName);
        List<string> pieces = VocabularyFile.Read(path);
        int wordPieceCount = pieces.Count;
        List<AddedToken> added = [];
        if (file is { } config && config.Has("added_tokens_decoder"))
        {
            JsonFile tokens = config.Object("added_tokens_decoder");
            foreach (JsonProperty member in tokens.Members.OrderBy(member => member.Name.Length).ThenBy(member => member.Name, StringComparer.Ordinal))
            {
                AddedToken token = AddedTokenReader.Read(tokens.Object(member.Name));
                if (names.All.Contains(token.Content) && pieces.Contains(token.Content)) continue;
                added.Add(token);
                if (member.Name == pieces.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) pieces.Add(token.Content);
                else if (!int.TryParse(member.Name, out int id) || id < 0 || id >= pieces.Count || pieces[id] != token.Content)
                    throw new DecantException($"{tokens.Place}.{member.Name} is \"{token.Content}\", but {path} ends with id {pieces.Count - 1} or has another piece there. Check that both files belong to one model.");
            }
        }
        if (ReadOptional(folder, "added_tokens.json") is { } legacy)
            foreach (JsonProperty member in legacy.Members)
                if (!pieces.Contains(member.Name))
                    throw legacy.Unsupported(member.Name, "an added token", $"a token of {VocabularyFileName} or of added_tokens_decoder in {ConfigFileName}");
        return new Vocabulary(pieces, names, path, added, wordPieceCount);
    }

    private static JsonFile? ReadOptional(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? JsonFile.Read(path) : null;
    }

    private static SpecialTokens Names(JsonFile? file, SpecialTokens otherwise) => file is not { } names ? otherwise : new()
    {
        Unknown = names.String("unk_token") ?? otherwise.Unknown,
        Classification = names.String("cls_token") ?? otherwise.Classification,
        Separator = names.String("sep_token") ?? otherwise.Separator,
        Padding = names.String("pad_token") ?? otherwise.Padding,
        Mask = names.String("mask_token") ?? otherwise.Mask,
    };

    // Hugging Face writes 1e30 where a model has no limit.
    private static int? MaxLength(JsonFile? config) =>
        config?.Get("model_max_length") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int length) && length > 0 ? length : null;
}
