using System.Text.Json.Nodes;
using Decant.Tests;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

/// <summary>The files of a Hugging Face directory, read and written.</summary>
public class TokenizerFilesTests
{
    private static readonly TokenizerOptions Unusual = new()
    {
        Lowercase = false, StripAccents = true, TokenizeChineseChars = false, MaxWordLength = 50, ModelMaxLength = 256,
    };

    [Fact]
    public void What_is_written_is_read_back()
    {
        string folder = TinyVocabulary.NewFolder();
        WordPieceTokenizer written = TinyVocabulary.Tokenizer(Unusual);
        written.Save(folder);
        Assert.Equal(["special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt"],
            Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

        WordPieceTokenizer read = WordPieceTokenizer.Load(folder);
        Assert.Equal(Unusual, read.Options);
        Assert.Equal(written.Vocabulary.Pieces, read.Vocabulary.Pieces);
        Assert.Equal(written.Fingerprint, read.Fingerprint);
        Assert.Equal(written.Fingerprint, WordPieceTokenizer.Load(Path.Combine(folder, "tokenizer.json")).Fingerprint);

        // A directory without tokenizer.json has all but the word length in its other files.
        File.Delete(Path.Combine(folder, "tokenizer.json"));
        Assert.Equal(Unusual with { MaxWordLength = 100 }, WordPieceTokenizer.Load(folder).Options);
    }

    [Fact]
    public void Other_names_of_special_tokens_and_added_tokens_are_kept()
    {
        string folder = TinyVocabulary.NewFolder();
        TinyVocabulary.Tokenizer().Save(folder);
        string path = Path.Combine(folder, "tokenizer.json");
        string text = File.ReadAllText(path).Replace("[CLS]", "<s>").Replace("[SEP]", "</s>");
        JsonNode json = JsonNode.Parse(text)!;
        json["added_tokens"]!.AsArray().Add(JsonNode.Parse($$"""{ "id": {{TinyVocabulary.Pieces.Length}}, "content": "[E1]", "special": true }"""));
        File.WriteAllText(path, json.ToJsonString());

        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(path);
        Assert.Equal(["<s>", "a", "[E1]", "</s>"], tokenizer.Encode("a[E1]").Tokens);
        string again = TinyVocabulary.NewFolder();
        tokenizer.Save(again);
        Assert.Equal(tokenizer.Fingerprint, WordPieceTokenizer.Load(again).Fingerprint);
        File.Delete(Path.Combine(again, "tokenizer.json"));
        Assert.Equal(tokenizer.Fingerprint, WordPieceTokenizer.Load(again).Fingerprint);
    }

    [SkippableFact]
    public void All_forms_of_BERTs_tokenizer_are_the_same()
    {
        WordPieceTokenizer vocabulary = BertVocabulary.Tokenizer();
        Assert.Equal(vocabulary.Fingerprint, WordPieceTokenizer.Load(TestPaths.Require(TestPaths.Data, "vocab/tokenizer.json")).Fingerprint);
        WordPieceTokenizer model = WordPieceTokenizer.Load(TestPaths.Require(TestPaths.Models, "bert-12x192-uncased"));
        Assert.Equal(vocabulary.Fingerprint, model.Fingerprint);
        Assert.Equal(512, model.Options.ModelMaxLength);
    }

    [Fact]
    public void An_empty_folder_holds_no_tokenizer()
    {
        string folder = TinyVocabulary.NewFolder();
        Assert.StartsWith($"{folder} holds neither tokenizer.json nor vocab.txt.", Assert.Throws<DecantException>(() => WordPieceTokenizer.Load(folder)).Message);
    }

    [Theory]
    [InlineData("tokenizer_class", "\"RobertaTokenizer\"", "tokenizer_class is RobertaTokenizer; only BertTokenizer, DistilBertTokenizer")]
    [InlineData("do_basic_tokenize", "false", "do_basic_tokenize is false; only true is supported.")]
    [InlineData("never_split", "[\"x\"]", "never_split is not empty; only an empty list is supported.")]
    [InlineData("do_lower_case", "\"yes\"", "do_lower_case must be true or false.")]
    [InlineData("cls_token", "\"<s>\"", "no <s> among them")]
    public void Settings_that_BERT_does_not_have_are_refused(string name, string value, string message)
    {
        string folder = TinyVocabulary.NewFolder();
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), TinyVocabulary.Pieces);
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), $$"""{ "{{name}}": {{value}} }""");
        Assert.Contains(message, Assert.Throws<DecantException>(() => WordPieceTokenizer.Load(folder)).Message);
    }

    [Fact]
    public void A_legacy_added_token_outside_the_vocabulary_is_refused()
    {
        string folder = TinyVocabulary.NewFolder();
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), TinyVocabulary.Pieces);
        File.WriteAllText(Path.Combine(folder, "added_tokens.json"), """{ "[E1]": 99 }""");
        Assert.Contains("[E1] is an added token; only", Assert.Throws<DecantException>(() => WordPieceTokenizer.Load(folder)).Message);
    }
}
