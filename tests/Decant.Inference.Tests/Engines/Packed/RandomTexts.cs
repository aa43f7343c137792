using Decant.Models;
using Decant.Text.Tokenization;

namespace Decant.Inference.Tests.Engines.Packed;

/// <summary>Texts of random words of <see cref="RandomModel"/>'s vocabulary; every second one is a pair.</summary>
internal static class RandomTexts
{
    private static readonly WordPieceTokenizer tokenizer = new(RandomModel.Vocabulary);
    private static readonly string[] words = ["good", "bad", "film", "a", "the", "very", "plot", "not", ".", "films"];

    /// <param name="lengths">Words of each text.</param>
    /// <param name="maxLength">Longest text in pieces.</param>
    public static EncodedTexts Of(int[] lengths, int maxLength)
    {
        var random = new Random(1);
        string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
        return tokenizer.EncodeBatch([.. lengths.Select((n, i) => i % 2 == 0 ? (Text(n), (string?)null) : (Text(n - n / 2), Text(n / 2)))],
            new EncodeOptions { MaxLength = maxLength });
    }

    /// <summary>One text as a batch of its own.</summary>
    public static ModelInput Alone(EncodedTexts texts, int text)
    {
        int[] types = new int[texts.LengthOf(text)];
        types.AsSpan(texts.FirstLengths[text]).Fill(1);
        return ModelInput.Create(texts[text], types, [types.Length]);
    }
}
