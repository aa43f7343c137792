using System.Text.Json;

namespace Decant.Text.Tokenization.Formats;

/// <summary>Reads a Hugging Face <c>tokenizer.json</c> that holds a BERT tokenizer, and refuses any other.</summary>
internal static class TokenizerJson
{
    /// <summary>The vocabulary and the options.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The special tokens as files beside it name them.</param>
    public static (Vocabulary Vocabulary, TokenizerOptions Options) Read(string path, SpecialTokens names)
    {
        JsonFile root = JsonFile.Read(path);
        JsonFile model = CheckModel(root);
        JsonFile normalizer = Typed(root, "normalizer", "BertNormalizer");
        Typed(root, "pre_tokenizer", "BertPreTokenizer");
        if (normalizer.Boolean("clean_text") == false) throw normalizer.Unsupported("clean_text", "false", "true");

        SpecialTokens special = PostProcessor.Read(root, names with { Unknown = model.String("unk_token") ?? names.Unknown });
        var options = new TokenizerOptions
        {
            Lowercase = normalizer.Boolean("lowercase") ?? true,
            StripAccents = normalizer.Boolean("strip_accents"),
            TokenizeChineseChars = normalizer.Boolean("handle_chinese_chars") ?? true,
            MaxWordLength = model.Integer("max_input_chars_per_word") ?? 100,
            SpecialTokens = special,
        };
        return (ReadVocabulary(path, root, model, special), options);
    }

    private static JsonFile CheckModel(JsonFile root)
    {
        JsonFile model = root.Object("model");
        // Old files do not name the type; what tells WordPiece from the others is its prefix.
        string type = model.String("type") ?? (model.Has("continuing_subword_prefix") && !model.Has("merges") ? "WordPiece" : "missing");
        if (type != "WordPiece") throw model.Unsupported("type", type, "WordPiece");
        string prefix = model.String("continuing_subword_prefix") ?? Vocabulary.ContinuationPrefix;
        if (prefix != Vocabulary.ContinuationPrefix) throw model.Unsupported("continuing_subword_prefix", $"\"{prefix}\"", $"\"{Vocabulary.ContinuationPrefix}\"");
        return model;
    }

    private static JsonFile Typed(JsonFile root, string name, string only)
    {
        if (!root.Has(name)) throw root.Unsupported(name, "null", only);
        JsonFile part = root.Object(name);
        string type = part.String("type") ?? "missing";
        return type == only ? part : throw part.Unsupported("type", type, only);
    }

    private static Vocabulary ReadVocabulary(string path, JsonFile root, JsonFile model, SpecialTokens special)
    {
        List<string?> pieces = [];
        foreach (JsonProperty piece in model.Object("vocab").Members)
            Put(path, pieces, piece.Name, piece.Value.ValueKind == JsonValueKind.Number && piece.Value.TryGetInt32(out int id) ? id : -1);
        int wordPieceCount = pieces.Count;

        List<AddedToken> added = [];
        foreach (JsonElement element in root.Array("added_tokens"))
        {
            JsonFile token = root.Element("added_tokens", element);
            AddedToken read = AddedTokenReader.Read(token);
            int id = token.Integer("id") ?? -1;
            if (id < 0 || id >= pieces.Count || pieces[id] != read.Content) Put(path, pieces, read.Content, id);
            if (!special.All.Contains(read.Content)) added.Add(read);
        }
        int hole = pieces.IndexOf(null);
        if (hole >= 0)
            throw new DecantException($"{path}: no piece has the id {hole}, though there are ids up to {pieces.Count - 1}. The ids of model.vocab and added_tokens must have no gap; check that the file is whole.");
        return new Vocabulary(pieces!, special, path, added, wordPieceCount);
    }

    private static void Put(string path, List<string?> pieces, string piece, int id)
    {
        const int most = 1 << 24; // far above any vocabulary; keeps a damaged id from taking all memory
        if (id is < 0 or >= most)
            throw new DecantException($"{path}: the piece \"{piece}\" has no usable id; an id is a whole number from 0. Check that the file is whole.");
        while (pieces.Count <= id) pieces.Add(null);
        if (pieces[id] is { } other)
            throw new DecantException($"{path}: the pieces \"{other}\" and \"{piece}\" both have the id {id}. Check that the file is whole.");
        pieces[id] = piece;
    }
}
