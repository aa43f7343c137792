using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

public class EncodeBatchTests
{
    private readonly WordPieceTokenizer _tokenizer = TinyVocabulary.Tokenizer();

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(7, 6)]
    [InlineData(null, 20)]
    public void A_batch_equals_its_texts_one_by_one_whatever_the_threads(int? threads, int? maxLength)
    {
        var random = new Random(3);
        string[] words = ["the", "unaffable", "zebra", "caf\u00e9", "\u4E2D\u4E2D", ",", "[MASK]", "wissenschaft"];
        string Text(int most) => string.Join(' ', Enumerable.Range(0, random.Next(most)).Select(_ => words[random.Next(words.Length)]));
        (string, string?)[] texts = [.. Enumerable.Range(0, 6000).Select(i => (Text(40), i % 3 == 0 ? Text(40) : null))];
        var options = new EncodeOptions { MaxLength = maxLength };

        EncodedTexts batch = _tokenizer.EncodeBatch(texts, options, threads);

        Assert.Equal(texts.Length, batch.Count);
        Assert.Equal(batch.Ids.Length, batch.Offsets[^1]);
        for (int i = 0; i < texts.Length; i++)
        {
            Encoding one = _tokenizer.Encode(texts[i].Item1, texts[i].Item2, options);
            Assert.True(batch[i].SequenceEqual(one.Ids), $"text {i}");
            Assert.Equal(one.FirstLength, batch.FirstLengths[i]);
        }
    }

    [Fact]
    public void No_texts_make_an_empty_batch()
    {
        EncodedTexts batch = _tokenizer.EncodeBatch([], new EncodeOptions());
        Assert.Equal(0, batch.Count);
        Assert.Equal([0], batch.Offsets.ToArray());
    }

    [Fact]
    public void An_error_names_its_text()
    {
        var error = Assert.Throws<DecantException>(() => _tokenizer.EncodeBatch(
            [("a", null), ("a b", "a a a a")], new EncodeOptions { MaxLength = 6, Truncation = Truncation.OnlyFirst }, threads: 2));
        Assert.StartsWith("Text 1 of 2 (counted from 0): MaxLength 6 cannot be met", error.Message);
    }

    [Fact]
    public void A_missing_text_is_named() => Assert.Equal("Text 1 of 2 (counted from 0) is null; give an empty text instead.",
        Assert.Throws<DecantException>(() => _tokenizer.EncodeBatch([("a", null), (null!, null)], new EncodeOptions())).Message);

    [Fact]
    public void Threads_are_at_least_one() => Assert.Equal("EncodeBatch was asked to use 0 threads; it needs at least 1.",
        Assert.Throws<DecantException>(() => _tokenizer.EncodeBatch([], new EncodeOptions(), 0)).Message);
}
