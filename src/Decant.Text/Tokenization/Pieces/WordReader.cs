namespace Decant.Text.Tokenization.Pieces;

/// <summary>Splits a text into words and each into pieces, keeping the words. Made for augmentation; encoding does not need them.</summary>
internal sealed class WordReader(WordPieceModel model, SpecialTokenFinder special)
{
    private readonly WordNormalizer _words = new(model.Characters);
    private readonly List<TokenizedWord> _found = [];

    /// <summary>The words of a text.</summary>
    public List<TokenizedWord> Read(ReadOnlySpan<char> text)
    {
        int from = 0;
        while (special.TryFind(text[from..], out int start, out int length, out int id))
        {
            Split(text.Slice(from, start));
            _found.Add(new(text.Slice(from + start, length).ToString(), [id]));
            from += start + length;
        }
        Split(text[from..]);
        return _found;
    }

    private void Split(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length;)
        {
            i = _words.Read(text, i);
            if (!_words.Word.IsEmpty) _found.Add(new(_words.Word.ToString(), Pieces(_words.Word)));
        }
    }

    private int[] Pieces(ReadOnlySpan<char> word)
    {
        var ids = new int[word.Length];
        int count = model.IsTooLong(word) ? 0 : model.Trie.Spell(word, ids);
        return count == 0 ? [model.UnknownId] : ids[..count];
    }
}
