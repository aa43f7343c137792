using System.Text.Json.Nodes;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

/// <summary>What a <c>tokenizer.json</c> may hold that this tokenizer cannot do is refused by name.</summary>
public class TokenizerJsonTests
{
    private static readonly Lazy<string> Valid = new(() =>
    {
        string folder = TinyVocabulary.NewFolder();
        TinyVocabulary.Tokenizer().Save(folder);
        return File.ReadAllText(Path.Combine(folder, "tokenizer.json"));
    });

    [Theory]
    [InlineData("model.type", "\"BPE\"", "model.type is BPE; only WordPiece is supported.")]
    [InlineData("model.type", "null", null)] // old files leave it out
    [InlineData("model.continuing_subword_prefix", "\"@@\"", "model.continuing_subword_prefix is \"@@\"; only \"##\" is supported.")]
    [InlineData("model.vocab", "[]", "model.vocab must be an object.")]
    [InlineData("model.vocab.the", "\"five\"", "the piece \"the\" has no usable id")]
    [InlineData("model.vocab.the", "-1", "the piece \"the\" has no usable id")]
    [InlineData("model.vocab.the", "2000000000", "the piece \"the\" has no usable id")]
    [InlineData("model.vocab.the", "6", "both have the id 6")]
    [InlineData("model.vocab.the", "77", "no piece has the id 5, though there are ids up to 77.")]
    [InlineData("model.unk_token", "\"<unk>\"", "no <unk> among them")]
    [InlineData("model.max_input_chars_per_word", "\"many\"", "model.max_input_chars_per_word must be a whole number.")]
    [InlineData("normalizer", "null", "normalizer is null; only BertNormalizer is supported.")]
    [InlineData("normalizer.type", "\"NFKC\"", "normalizer.type is NFKC; only BertNormalizer is supported.")]
    [InlineData("normalizer.clean_text", "false", "normalizer.clean_text is false; only true is supported.")]
    [InlineData("normalizer.strip_accents", "1", "normalizer.strip_accents must be true or false.")]
    [InlineData("pre_tokenizer.type", "\"Whitespace\"", "pre_tokenizer.type is Whitespace; only BertPreTokenizer is supported.")]
    [InlineData("post_processor", "null", "post_processor must be an object, and it is missing.")]
    [InlineData("post_processor.type", "\"ByteLevel\"", "post_processor.type is ByteLevel; only BertProcessing or TemplateProcessing is supported.")]
    [InlineData("post_processor", """{ "type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2] }""", null)]
    [InlineData("post_processor", """{ "type": "BertProcessing", "sep": ["[SEP]", 3] }""", "post_processor.cls is missing")]
    [InlineData("post_processor.single", "[]", "only [CLS]:0 $A:0 [SEP]:0 is supported.")]
    [InlineData("post_processor.pair", """[{ "Sequence": { "id": "A", "type_id": 0 } }]""", "post_processor.pair is $A:0; only [CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1 is supported.")]
    [InlineData("added_tokens", """[{ "id": 4, "content": "[MASK]", "lstrip": true }]""", "added_tokens.lstrip is true for the token [MASK]; only false is supported.")]
    [InlineData("added_tokens", """[{ "id": 9999, "content": "[E1]" }]""", "no piece has the id 32")]
    [InlineData("added_tokens", "[3]", "added_tokens must be an object.")]
    public void A_field_is_accepted_or_refused(string field, string value, string? message)
    {
        JsonNode json = JsonNode.Parse(Valid.Value)!;
        string[] names = field.Split('.');
        JsonNode at = json;
        foreach (string name in names[..^1]) at = at[name]!;
        at[names[^1]] = JsonNode.Parse(value);
        if (message is null)
            Assert.Equal(TinyVocabulary.Tokenizer().Fingerprint, Load(json.ToJsonString()).Fingerprint);
        else
            Assert.Contains(message, Assert.Throws<DecantException>(() => Load(json.ToJsonString())).Message);
    }

    [Theory]
    [InlineData("", "is not valid JSON")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("[]", "the content is no JSON object.")]
    [InlineData("{}", "model must be an object, and it is missing.")]
    public void Damaged_files_are_refused(string content, string message) =>
        Assert.Contains(message, Assert.Throws<DecantException>(() => Load(content)).Message);

    [Fact]
    public void Every_prefix_of_a_file_is_refused_and_never_crashes()
    {
        for (int length = 0; length < Valid.Value.Length - 2; length += 97)
            Assert.Throws<DecantException>(() => Load(Valid.Value[..length]));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.json cannot be read:", Assert.Throws<DecantException>(() => WordPieceTokenizer.Load("nowhere.json")).Message);

    private static WordPieceTokenizer Load(string content)
    {
        string path = Path.Combine(TinyVocabulary.NewFolder(), "tokenizer.json");
        File.WriteAllText(path, content);
        return WordPieceTokenizer.Load(path);
    }
}
