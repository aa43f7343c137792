namespace Decant.Text.Tokenization.Pieces;

/// <summary>Encodes like <see cref="SequenceBuilder"/> and keeps track of where each piece comes from. Made for single texts, not for speed.</summary>
internal sealed class PieceLocator(Vocabulary vocabulary, WordPieceModel model, SpecialTokenFinder special)
{
    private readonly WordNormalizer _words = new(model.Characters, tracksOrigins: true);
    private readonly List<LocatedPiece> _located = [];

    /// <summary>The pieces of a text without special tokens around it.</summary>
    public List<LocatedPiece> Locate(ReadOnlySpan<char> text)
    {
        int from = 0;
        while (special.TryFind(text[from..], out int start, out int length, out int id))
        {
            LocateWords(text.Slice(from, start), from);
            _located.Add(new(id, from + start, from + start + length));
            from += start + length;
        }
        LocateWords(text[from..], from);
        return _located;
    }

    private void LocateWords(ReadOnlySpan<char> text, int offset)
    {
        for (int i = 0; i < text.Length;)
        {
            i = _words.Read(text, i);
            if (!_words.Word.IsEmpty) LocateWord(offset);
        }
    }

    private void LocateWord(int offset)
    {
        ReadOnlySpan<(int Start, int End)> origins = _words.Origins;
        int[] ids = new int[origins.Length];
        int count = model.IsTooLong(_words.Word) ? 0 : model.Trie.Spell(_words.Word, ids);
        if (count == 0)
        {
            Add(model.UnknownId, origins, offset);
            return;
        }
        for (int i = 0, at = 0; i < count; i++)
        {
            string piece = vocabulary[ids[i]];
            int length = piece.Length - (i == 0 ? 0 : Vocabulary.ContinuationPrefix.Length);
            Add(ids[i], origins.Slice(at, length), offset);
            at += length;
        }
    }

    private void Add(int id, ReadOnlySpan<(int Start, int End)> origins, int offset)
    {
        // Canonical ordering may have moved a mark, so the first unit need not come from the earliest place.
        (int start, int end) = origins[0];
        foreach ((int from, int to) in origins) (start, end) = (Math.Min(start, from), Math.Max(end, to));
        _located.Add(new(id, offset + start, offset + end));
    }
}
