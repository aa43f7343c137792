using Decant.Text.Tokenization.Pieces;

namespace Decant.Text.Tests.Tokenization;

/// <summary>The words of a text after basic tokenisation, before WordPiece.</summary>
internal static class BasicWords
{
    public static List<string> Of(string text, CharacterMap map)
    {
        var normalizer = new WordNormalizer(map);
        List<string> words = [];
        for (int i = 0; i < text.Length;)
        {
            i = normalizer.Read(text, i);
            if (!normalizer.Word.IsEmpty) words.Add(normalizer.Word.ToString());
        }
        return words;
    }
}
