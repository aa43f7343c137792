using System.Buffers;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>Finds special and added tokens in raw text: the leftmost, and of several at one place the longest.</summary>
internal sealed class SpecialTokenFinder
{
    private readonly SearchValues<string> _any;
    private readonly (string Text, int Id)[] _longestFirst;

    public SpecialTokenFinder(Vocabulary vocabulary, SpecialTokens special)
    {
        IEnumerable<string> names = special.All.Concat(vocabulary.AddedTokens.Select(token => token.Content)).Distinct();
        _longestFirst = [.. names
            .Select(name => (name, vocabulary.TryGetId(name, out int id) ? id : -1))
            .Where(token => token.Item2 >= 0)
            .OrderByDescending(token => token.name.Length)];
        _any = SearchValues.Create([.. _longestFirst.Select(token => token.Text)], StringComparison.Ordinal);
    }

    /// <summary>The next token in a text; false where there is none.</summary>
    public bool TryFind(ReadOnlySpan<char> text, out int start, out int length, out int id)
    {
        (length, id) = (0, 0);
        start = text.IndexOfAny(_any);
        if (start < 0) return false;
        foreach ((string token, int tokenId) in _longestFirst)
        {
            if (!text[start..].StartsWith(token, StringComparison.Ordinal)) continue;
            (length, id) = (token.Length, tokenId);
            return true;
        }
        return false;
    }
}
