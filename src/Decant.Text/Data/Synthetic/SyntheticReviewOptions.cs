namespace Decant.Text.Data.Synthetic;

/// <summary>How hard the synthetic reviews are. Rates are probabilities, 0 – 1.</summary>
public sealed record SyntheticReviewOptions
{
    /// <summary>Fewest sentences beside the one that decides: about other parts, by other people, or merely supposed. Default 0.</summary>
    public int MinDistractors { get; init; } = 0;

    /// <summary>Most sentences beside the one that decides. Default 0.</summary>
    public int MaxDistractors { get; init; } = 0;

    /// <summary>Share of clauses that say the contrary of the opposite: "is not dull". Default 0.25.</summary>
    public double Negation { get; init; } = 0.25;

    /// <summary>Share of clauses that are negated twice: "nobody can say the lens is not sharp". Default 0.05.</summary>
    public double DoubleNegation { get; init; } = 0.05;

    /// <summary>Share of clauses with a concession that does not count: "although it looks dull, it is superb". Default 0.1.</summary>
    public double Contrast { get; init; } = 0.1;

    /// <summary>Share of clauses that judge what somebody else says: "Kim calls it dull, and she is wrong". Default 0.05.</summary>
    public double Attribution { get; init; } = 0.05;

    /// <summary>Share of clauses that compare: "is no better than the awful flash". Default 0.03.</summary>
    public double Comparative { get; init; } = 0.03;

    /// <summary>Share of reviews whose verdict is taken back or confirmed later: "A week later I changed my mind". Default 0.</summary>
    public double Turn { get; init; } = 0;

    /// <summary>Most turns in a row, 0 – 8; each acts on what the one before it left, so that they ask for depth. Default 1.</summary>
    public int MaxTurns { get; init; } = 1;

    /// <summary>
    /// Share of reviews whose verdict goes through another part or person: "The lens is just like the zoom",
    /// "I disagree with Kim about the lens". Default 0.4.
    /// </summary>
    public double Link { get; init; } = 0.4;

    /// <summary>Most links in a row, 0 – 4: what needs depth. Default 2.</summary>
    public int MaxLinks { get; init; } = 2;

    /// <summary>Share of reviews with a sentence that has nothing to do with the verdict: "It came from Oslo in March". Default 0.05.</summary>
    public double Filler { get; init; } = 0.05;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="DecantException">A rate is not in 0 – 1, a count is negative, or the clause rates add up to more than 1.</exception>
    public void Validate()
    {
        Rate(Negation, nameof(Negation));
        Rate(DoubleNegation, nameof(DoubleNegation));
        Rate(Contrast, nameof(Contrast));
        Rate(Attribution, nameof(Attribution));
        Rate(Comparative, nameof(Comparative));
        Rate(Turn, nameof(Turn));
        Rate(Link, nameof(Link));
        Rate(Filler, nameof(Filler));
        Rate(Negation + DoubleNegation + Contrast + Attribution + Comparative, "the sum of Negation, DoubleNegation, Contrast, Attribution and Comparative");
        if (MinDistractors < 0 || MaxDistractors < MinDistractors || MaxDistractors > 8)
            throw new DecantException($"Synthetic reviews: distractors of {MinDistractors} to {MaxDistractors} are out of range; 0 ≤ MinDistractors ≤ MaxDistractors ≤ 8.");
        if (MaxTurns is < 0 or > 8)
            throw new DecantException($"Synthetic reviews: MaxTurns is {MaxTurns}; it must be 0 to 8.");
        if (MaxLinks is < 0 or > 4)
            throw new DecantException($"Synthetic reviews: MaxLinks is {MaxLinks}; it must be 0 to 4.");
    }

    private static void Rate(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new DecantException(FormattableString.Invariant($"Synthetic reviews: {name} is {value}; it must be between 0 and 1."));
    }
}
