using Decant.Text.Tokenization;
using Decant.Text.Tokenization.Pieces;

namespace Decant.Text.Tests.Tokenization;

/// <summary>WordPiece as the paper words it, with substrings and a dictionary: what the fast way has to equal.</summary>
internal sealed class NaiveWordPiece(Vocabulary vocabulary, TokenizerOptions options)
{
    private readonly CharacterMap _map = CharacterMap.For(options);

    public List<int> Pieces(string text)
    {
        List<int> ids = [];
        while (true)
        {
            var found = options.SpecialTokens.All.Where(vocabulary.Contains)
                .Select(token => (Token: token, At: text.IndexOf(token, StringComparison.Ordinal)))
                .Where(hit => hit.At >= 0).OrderBy(hit => hit.At).ThenByDescending(hit => hit.Token.Length).ToList();
            string before = found.Count == 0 ? text : text[..found[0].At];
            foreach (string word in BasicWords.Of(before, _map)) ids.AddRange(Spell(word));
            if (found.Count == 0) return ids;
            ids.Add(Id(found[0].Token));
            text = text[(found[0].At + found[0].Token.Length)..];
        }
    }

    private List<int> Spell(string word)
    {
        if (word.EnumerateRunes().Count() > options.MaxWordLength) return [vocabulary.UnknownId];
        List<int> ids = [];
        for (int start = 0; start < word.Length;)
        {
            int end = word.Length;
            while (end > start && !vocabulary.Contains((start > 0 ? "##" : "") + word[start..end])) end--;
            if (end == start) return [vocabulary.UnknownId];
            ids.Add(Id((start > 0 ? "##" : "") + word[start..end]));
            start = end;
        }
        return ids;
    }

    private int Id(string piece) => vocabulary.TryGetId(piece, out int id) ? id : throw new InvalidOperationException(piece);
}
