namespace Decant.Text.Data.Synthetic;

/// <summary>
/// Writes how the author's view of a part went on: each sentence keeps the view that the one before it left, turns it
/// into its contrary, or replaces it. Only the whole chain, from the last replacement on, tells where it ends.
/// </summary>
internal sealed class TurnWriter(Dice dice, OpinionWriter opinions)
{
    private static readonly string[] Turned =
    [
        "i changed my mind", "i saw it the other way", "my view had turned", "i took that back", "i thought the contrary",
    ];

    private static readonly string[] Kept =
    [
        "i still thought so", "i saw it the same way", "my view had not changed", "i stood by that", "i thought the same",
    ];

    /// <summary>Writes turns.</summary>
    /// <param name="part">What the view is about.</param>
    /// <param name="good">The view in the end.</param>
    /// <param name="count">How many turns.</param>
    /// <param name="before">The view before the first of them.</param>
    /// <returns>The sentences in their order.</returns>
    public List<string> Write(string part, bool good, int count, out bool before)
    {
        var sentences = new List<string>(count);
        before = good;
        for (int i = 0; i < count; i++)
        {
            double share = dice.Share();
            if (share < 0.15)
            {
                sentences.Add($"{When()} i found the {part} {opinions.Quality(before)}");
                before = dice.Coin();
            }
            else
            {
                bool turned = share < 0.6;
                sentences.Add($"{When()} {(i == count - 1 ? First(part, turned) : dice.Pick(turned ? Turned : Kept))}");
                before ^= turned;
            }
        }
        sentences.Reverse();
        return sentences;
    }

    // The first turn may follow a sentence about something else, so it says what it is about.
    private string First(string part, bool turned) => dice.Between(0, 2) switch
    {
        0 => turned ? $"i changed my mind about the {part}" : $"i felt as before about the {part}",
        1 => turned ? $"i saw the {part} the other way" : $"i saw the {part} the same way",
        _ => turned ? $"my view of the {part} had turned" : $"my view of the {part} had not changed",
    };

    private string When() => dice.Between(0, 5) switch
    {
        0 => $"by {dice.Pick(ReviewLexicon.Months)}",
        1 => $"on {dice.Pick(ReviewLexicon.Days)}",
        2 => $"{dice.Pick(ReviewLexicon.Numbers)} days later",
        3 => "then",
        4 => "a week later",
        _ => "after some time",
    };
}
