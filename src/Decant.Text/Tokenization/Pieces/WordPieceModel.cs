namespace Decant.Text.Tokenization.Pieces;

/// <summary>All that encoding looks up and never changes; shared by every thread.</summary>
internal sealed class WordPieceModel
{
    public WordPieceModel(Vocabulary vocabulary, TokenizerOptions options)
    {
        Characters = CharacterMap.For(options);
        Trie = new PieceTrie(vocabulary.Pieces, vocabulary.WordPieceCount);
        UnknownId = vocabulary.UnknownId;
        MaxWordLength = options.MaxWordLength;
        SingleIds = new int[0x10000];
        Array.Fill(SingleIds, UnknownId);
        for (int id = 0; id < vocabulary.WordPieceCount; id++)
            if (vocabulary[id] is [var only]) SingleIds[only] = id;
    }

    public CharacterMap Characters { get; }

    public PieceTrie Trie { get; }

    public int UnknownId { get; }

    public int MaxWordLength { get; }

    /// <summary>The id of each word of one UTF-16 unit.</summary>
    public int[] SingleIds { get; }

    /// <summary>Whether a normalised word is longer than the limit, in code points.</summary>
    public bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= MaxWordLength) return false;
        int points = word.Length;
        foreach (char c in word)
            if (char.IsLowSurrogate(c)) points--;
        return points > MaxWordLength;
    }
}
