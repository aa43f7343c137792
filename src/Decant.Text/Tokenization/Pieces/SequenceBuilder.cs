namespace Decant.Text.Tokenization.Pieces;

/// <summary>Encodes a text or pair, cuts it, and puts the special tokens around it. One thread uses it at a time.</summary>
internal sealed class SequenceBuilder(Vocabulary vocabulary, WordPieceModel model, SpecialTokenFinder special)
{
    private readonly PieceEncoder _encoder = new(model);
    private readonly PieceBuffer _first = new(), _second = new();

    /// <summary>Appends the pieces of a text, special tokens in it split first; stops soon after <paramref name="limit"/> pieces.</summary>
    public void AppendPieces(ReadOnlySpan<char> text, PieceBuffer output, int limit)
    {
        int before = output.Count;
        while (special.TryFind(text, out int start, out int length, out int id))
        {
            _encoder.Encode(text[..start], output, limit - (output.Count - before));
            if (output.Count - before >= limit) return;
            output.Add(id);
            text = text[(start + length)..];
        }
        _encoder.Encode(text, output, limit - (output.Count - before));
    }

    /// <summary>Appends the whole sequence; returns how many of its ids have type 0.</summary>
    public int Append(ReadOnlySpan<char> text, string? pair, EncodeOptions options, PieceBuffer output)
    {
        // One piece more than fits tells that a text is too long; further ones make no difference to what is cut.
        bool cuts = options.MaxLength is not null && options.Truncation != Truncation.None;
        int budget = cuts ? (int)Math.Max(-1, (long)options.MaxLength!.Value - options.SpecialTokenCount(pair is not null)) : 0;
        int limit = cuts ? (int)Math.Min(int.MaxValue, Math.Max(budget, 0) + 1L) : int.MaxValue;
        _first.Clear();
        _second.Clear();
        AppendPieces(text, _first, limit);
        if (pair is not null) AppendPieces(pair, _second, limit);
        if (cuts) SequenceCut.Apply(_first, _second, pair is not null, budget, options);

        int start = output.Count;
        output.Reserve(_first.Count + _second.Count + 3);
        if (options.AddSpecialTokens) output.Add(vocabulary.ClassificationId);
        AppendAll(_first, output);
        if (options.AddSpecialTokens) output.Add(vocabulary.SeparatorId);
        int firstLength = output.Count - start;
        if (pair is null) return firstLength;
        AppendAll(_second, output);
        if (options.AddSpecialTokens) output.Add(vocabulary.SeparatorId);
        return firstLength;
    }

    private static void AppendAll(PieceBuffer from, PieceBuffer to)
    {
        to.Reserve(from.Count);
        from.Ids.CopyTo(to.Storage.AsSpan(to.Count));
        to.Count += from.Count;
    }
}
