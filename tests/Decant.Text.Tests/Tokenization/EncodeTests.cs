using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

public class EncodeTests
{
    private readonly WordPieceTokenizer _tokenizer = TinyVocabulary.Tokenizer();

    [Theory]
    [InlineData("", "[CLS] [SEP]")]
    [InlineData(" \t\u3000 ", "[CLS] [SEP]")]
    [InlineData("The unaffable, unable café.", "[CLS] the un ##aff ##able , un ##able cafe . [SEP]")]
    [InlineData("Wissenschaft wissen Wissena", "[CLS] wi ##s ##senschaft wi ##s ##sen wi ##s ##sen ##a [SEP]")]
    [InlineData("zebra the", "[CLS] [UNK] the [SEP]")]
    [InlineData("a\u200Bb \u0007a", "[CLS] a ##b a [SEP]")]
    [InlineData("ab\u4E2Dab", "[CLS] a ##b \u4E2D a ##b [SEP]")]
    [InlineData("\u0130s is \u0131", "[CLS] i ##s i ##s [UNK] [SEP]")]
    [InlineData("\u03A3\u03B1\u03A3 \u03A3", "[CLS] \u03C3 ##\u03B1 ##\u03C2 \u03C3 [SEP]")]
    [InlineData("\u03B1\u03A3.\u03B1 \u03B1\u03A3.", "[CLS] \u03B1 ##\u03C3 . \u03B1 \u03B1 ##\u03C2 . [SEP]")]
    public void Text_becomes_pieces(string text, string pieces) => Assert.Equal(pieces.Split(' '), _tokenizer.Encode(text).Tokens);

    [Theory]
    [InlineData("the[MASK]able", "the [MASK] able")]
    [InlineData("[CLS] a [SEP]", "[CLS] a [SEP]")]
    [InlineData("[mask] [MA\u200BSK]", "[ mask ] [ mask ]")]
    [InlineData("[MASK][MASK]", "[MASK] [MASK]")]
    public void Special_tokens_in_the_text_are_split_first(string text, string pieces) =>
        Assert.Equal(pieces.Split(' '), _tokenizer.Encode(text, null, new EncodeOptions { AddSpecialTokens = false }).Tokens);

    [Fact]
    public void Lone_surrogates_vanish() =>
        Assert.Equal(["[CLS]", "a", "##b", "a", "[SEP]"], _tokenizer.Encode("a\uD800b \uDC00a\uD83D").Tokens);

    [Fact]
    public void A_pair_has_types_and_an_empty_second_text_is_one()
    {
        Encoding pair = _tokenizer.Encode("the a", "b");
        Assert.Equal(["[CLS]", "the", "a", "[SEP]", "b", "[SEP]"], pair.Tokens);
        Assert.Equal([0, 0, 0, 0, 1, 1], pair.TypeIds);
        Assert.Equal(["[CLS]", "the", "[SEP]", "[SEP]"], _tokenizer.Encode("the", "").Tokens);
        Assert.Equal([0, 1], _tokenizer.Encode("a", "b", new EncodeOptions { AddSpecialTokens = false }).TypeIds);
    }

    [Theory]
    [InlineData(100, "un")]
    [InlineData(101, "[UNK]")]
    public void Words_longer_than_the_limit_are_unknown(int length, string first)
    {
        string word = "un" + new string('a', length - 2);
        Assert.Equal(first, _tokenizer.Encode(word).Tokens[1]);
        // Marks are gone before the length is taken; astral characters count once.
        Assert.Equal(first, _tokenizer.Encode(word.Insert(2, "\u0301\u0301")).Tokens[1]);
    }

    [Fact]
    public void The_limit_holds_for_short_words_too()
    {
        WordPieceTokenizer strict = TinyVocabulary.Tokenizer(new() { MaxWordLength = 3 });
        Assert.Equal(["[CLS]", "the", "[UNK]", "[SEP]"], strict.Encode("the able").Tokens);
    }

    [Fact]
    public void Huge_texts_pass()
    {
        Encoding words = _tokenizer.Encode(string.Concat(Enumerable.Repeat("the ", 500_000)));
        Assert.Equal(500_002, words.Ids.Length);
        Assert.Equal(["[CLS]", "[UNK]", "[SEP]"], _tokenizer.Encode(new string('a', 3_000_000)).Tokens);
        Assert.Equal(["[CLS]", "[UNK]", "[SEP]"], _tokenizer.Encode(new string('\u00e4', 3_000_000)).Tokens);
        Assert.Equal(["[CLS]", "[UNK]", "[SEP]"], _tokenizer.Encode(string.Concat(Enumerable.Repeat("\u302e\u302a", 300_000))).Tokens);
    }

    [Fact]
    public void Pieces_are_appended_without_allocating()
    {
        const string text = "The unaffable, unable caf\u00e9 \u03A3\u03B1\u03A3 [MASK] zebra. Wissenschaft \u4E2D";
        var buffer = new PieceBuffer(1024);
        for (int i = 0; i < 50; i++) Fill();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) Fill();
        // The pool of encoders may keep a small node a call; the text's words and pieces cost nothing.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 * 64);

        void Fill()
        {
            buffer.Clear();
            Assert.True(_tokenizer.EncodePieces(text, buffer) > 10);
        }
    }

    [Fact]
    public void A_word_length_below_one_is_refused() =>
        Assert.Equal("MaxWordLength is 0; it must be at least 1 (BERT's is 100).",
            Assert.Throws<DecantException>(() => TinyVocabulary.Tokenizer(new() { MaxWordLength = 0 })).Message);
}
