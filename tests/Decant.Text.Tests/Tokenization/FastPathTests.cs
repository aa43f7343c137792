using System.IO.Compression;
using System.Text.Json;
using Decant.Tests;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

/// <summary>The vectors, the memo and the trie give what plain substrings and a dictionary give.</summary>
public class FastPathTests
{
    [SkippableTheory]
    [InlineData(true, null, true, 100)]
    [InlineData(false, null, true, 100)]
    [InlineData(true, false, false, 100)]
    [InlineData(false, true, true, 7)]
    public void Random_text_of_awkward_characters(bool lowercase, bool? strip, bool chinese, int maxWordLength)
    {
        TokenizerOptions options = new()
        {
            Lowercase = lowercase, StripAccents = strip, TokenizeChineseChars = chinese, MaxWordLength = maxWordLength,
        };
        WordPieceTokenizer tokenizer = BertVocabulary.Tokenizer(options);
        var naive = new NaiveWordPiece(tokenizer.Vocabulary, options);
        var random = new Random(1);
        for (int i = 0; i < 5000; i++) Same(tokenizer, naive, AwkwardText(random));
    }

    [SkippableFact]
    public void Words_of_every_length_in_every_place_of_the_window()
    {
        WordPieceTokenizer tokenizer = BertVocabulary.Tokenizer();
        var naive = new NaiveWordPiece(tokenizer.Vocabulary, new());
        foreach (string between in (string[])[" ", ",", "\t", "\u0001", "\u00e9", "\u2014", "\u4e2d", "\ud835\udc00", "\ud800", "\u007f"])
            for (int before = 0; before < 20; before++)
                for (int length = 1; length < 36; length++)
                    Same(tokenizer, naive, new string(' ', before) + string.Concat(Enumerable.Repeat("Unaffable9", 4))[..length] + between + "end");
    }

    [SkippableFact]
    public void Real_reviews()
    {
        string path = TestPaths.Require(TestPaths.Data, "text/reviews.txt.gz");
        WordPieceTokenizer tokenizer = BertVocabulary.Tokenizer();
        var naive = new NaiveWordPiece(tokenizer.Vocabulary, new());
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        for (int i = 0; i < 300; i++) Same(tokenizer, naive, reader.ReadLine()!);
    }

    private static string AwkwardText(Random random)
    {
        string[] parts =
        [
            "the", "Unaffable", "internationalization", "A", "0", "1999", " ", " ", " ", "  ", "\t", "\n", ",", ".", "'", "-", "[MASK]", "[MA", "SK]", "[SEP]",
            "\u00e9", "\u00c5", "e\u0301", "\u0130", "\u03a3", "\u03c3\u03b1", "\u039f\u0394\u039f\u03a3", "\u200b", "\u0000", "\ufffd", "\u0085", "\u00a0", "\u2028", "\u3000",
            "\u4e2d", "\uf900", "\ud840\udc00", "\ud87e\udc00", "\ud83d\ude00", "\ud800", "\udc00", "\ud55c", "\u2260", "\u037e", "\u302a\u302e", "\u1b44", "\u0928\u093f",
            "\u2019", "\u201c", "\u2026", "\u20ac", "$", "\u00df", "\uff21", "\ue000", "\ufdd0", "\uffff", "\ud834\udd5f", "zzz", "q",
        ];
        var text = new System.Text.StringBuilder();
        for (int n = random.Next(40); n > 0; n--)
        {
            string part = parts[random.Next(parts.Length)];
            for (int repeat = random.Next(30) == 0 ? random.Next(60) : 1; repeat > 0; repeat--) text.Append(part);
        }
        return text.ToString();
    }

    private static void Same(WordPieceTokenizer tokenizer, NaiveWordPiece naive, string text)
    {
        List<int> expected = naive.Pieces(text);
        // Twice: what the memo remembers must be what was spelt.
        for (int pass = 0; pass < 2; pass++)
        {
            var actual = new PieceBuffer();
            int count = tokenizer.EncodePieces(text, actual);
            Assert.Equal(actual.Count, count);
            if (!actual.Ids.SequenceEqual([.. expected]))
                Assert.Fail($"{JsonSerializer.Serialize(text)}\nexpected: {Show(tokenizer, expected)}\nactual:   {Show(tokenizer, actual.Ids.ToArray())}");
        }
    }

    private static string Show(WordPieceTokenizer tokenizer, IEnumerable<int> ids) => string.Join(' ', ids.Select(id => tokenizer.Vocabulary[id]));
}
