namespace Decant.Text.Tokenization.Pieces;

/// <summary>Cuts the pieces of one or two texts down to what a sequence has room for.</summary>
internal static class SequenceCut
{
    /// <summary>Shortens the texts to <paramref name="budget"/> pieces together.</summary>
    public static void Apply(PieceBuffer first, PieceBuffer second, bool pair, int budget, EncodeOptions options)
    {
        long over = (long)first.Count + second.Count - budget;
        if (over <= 0) return;
        if (budget < 1)
            throw new DecantException(
                $"MaxLength {options.MaxLength} leaves no room for the text: {(pair ? "a pair" : "a text")} needs {options.SpecialTokenCount(pair)} special tokens and at least one piece. Raise MaxLength.");
        switch (options.Truncation)
        {
            case Truncation.OnlyFirst:
                CutOne(first, over, "first", second.Count, "second", pair, options);
                break;
            case Truncation.OnlySecond when !pair:
                throw new DecantException(
                    $"The text is longer than MaxLength {options.MaxLength} and Truncation is OnlySecond, but there is no second text to cut. Use OnlyFirst or LongestFirst for single texts.");
            case Truncation.OnlySecond:
                CutOne(second, over, "second", first.Count, "first", pair, options);
                break;
            default:
                CutLongest(first, second, budget);
                break;
        }
    }

    private static void CutOne(
        PieceBuffer cut, long over, string name, int otherCount, string otherName, bool pair, EncodeOptions options)
    {
        if (cut.Count <= over)
            throw new DecantException(pair
                ? $"MaxLength {options.MaxLength} cannot be met by cutting only the {name} text: the {otherName} text alone has {otherCount} pieces or more and fills the sequence. Raise MaxLength or use LongestFirst."
                : $"MaxLength {options.MaxLength} leaves no piece of the text. Raise MaxLength.");
        cut.Count -= (int)over;
    }

    // The end of Google's loop "while too long, drop a piece of the longer text, of the second when equal".
    private static void CutLongest(PieceBuffer first, PieceBuffer second, int budget)
    {
        int half = budget / 2;
        if (second.Count <= half) first.Count = budget - second.Count;
        else if (first.Count <= budget - half) second.Count = budget - first.Count;
        else (first.Count, second.Count) = (budget - half, half);
    }
}
