using static Decant.Text.Data.Synthetic.ReviewLexicon;

namespace Decant.Text.Data.Synthetic;

/// <summary>
/// Writes one clause that says what the author holds of a part. The side it comes out on is given: every
/// construction works it out backwards, so that the label is exact.
/// </summary>
internal sealed class OpinionWriter(Dice dice, SyntheticReviewOptions options)
{
    /// <summary>A clause of any construction.</summary>
    /// <param name="part">What it is about.</param>
    /// <param name="good">The side it comes out on.</param>
    /// <param name="people">People not named yet.</param>
    public string Clause(string part, bool good, List<(string Name, string Pronoun)> people)
    {
        double share = dice.Share();
        if ((share -= options.Contrast) < 0) return Contrast(part, good);
        if ((share -= options.Attribution) < 0) return Attribution(part, good, dice.Take(people));
        if ((share -= options.Comparative) < 0) return Comparative(part, good);
        if ((share -= options.DoubleNegation) < 0) return NegatedTwice(part, good);
        return Predicate($"the {part}", good, share - options.Negation < 0);
    }

    /// <summary>Somebody else's opinion, which says nothing about the author's.</summary>
    public string Reported(string name, string part, bool good)
    {
        string quality = Quality(good);
        return dice.Between(0, 3) switch
        {
            0 => $"{name} calls the {part} {quality}",
            1 => $"{name} finds the {part} {quality}",
            2 => $"{name} says the {part} is {quality}",
            _ => $"according to {name} the {part} is {quality}",
        };
    }

    /// <summary>A thing merely hoped, feared or supposed.</summary>
    public string Supposed(string part) => dice.Between(0, 4) switch
    {
        0 => $"i hoped the {part} would be {Quality(dice.Coin())}",
        1 => $"i expected the {part} to be {Quality(dice.Coin())}",
        2 => $"with more care the {part} could have been {Quality(dice.Coin())}",
        3 => $"for another price i would call the {part} {Quality(dice.Coin())}",
        _ => $"i wondered whether the {part} might be {Quality(dice.Coin())}",
    };

    /// <summary>An adjective of one side, sometimes with an intensifier.</summary>
    public string Quality(bool good) => dice.Chance(0.25) ? $"{dice.Pick(Intensifiers)} {Word(good)}" : Word(good);

    private string Word(bool good) => dice.Pick(good ? Good : Bad);

    // "subject is superb", "subject is never dull", "i love subject", "i do not hate subject".
    private string Predicate(string subject, bool good, bool negated)
    {
        bool word = good != negated;
        if (!dice.Chance(0.15)) return negated ? $"{subject} is {dice.Pick(Negators)} {Quality(word)}" : $"{subject} is {Quality(word)}";
        string verb = dice.Pick(word ? Likes : Dislikes);
        return negated ? $"i {dice.Pick((string[])["do not", "never", "hardly", "would not"])} {verb} {subject}" : $"i {verb} {subject}";
    }

    private string NegatedTwice(string part, bool good) => dice.Between(0, 3) switch
    {
        0 => $"nobody can say the {part} is not {Quality(good)}",
        1 => $"it is not true that the {part} is never {Quality(good)}",
        2 => $"i would not call the {part} anything but {Quality(good)}",
        _ => $"it is wrong to say the {part} is not {Quality(good)}",
    };

    // The clause after "but", and the main clause beside "although", count; the other one mostly says the opposite.
    private string Contrast(string part, bool good)
    {
        bool conceded = dice.Chance(0.75) ? !good : good;
        bool negated = dice.Chance(options.Negation), concededNegated = dice.Chance(options.Negation);
        string seems = dice.Pick(Seems);
        string Concession(string subject) =>
            concededNegated ? $"{subject} {seems} {dice.Pick(Negators)} {Quality(!conceded)}" : $"{subject} {seems} {Quality(conceded)}";
        return dice.Between(0, 3) switch
        {
            0 => $"{Concession($"the {part}")} , but {Predicate("it", good, negated)}",
            1 => $"although {Concession($"the {part}")} , {Predicate("it", good, negated)}",
            2 => $"{Predicate($"the {part}", good, negated)} , although {Concession("it")}",
            _ => $"{Concession($"the {part}")} at first , yet {Predicate("it", good, negated)}",
        };
    }

    private string Attribution(string part, bool good, (string Name, string Pronoun) person)
    {
        bool right = dice.Coin(), said = good == right;
        string verdict = right ? dice.Pick((string[])["right", "correct"]) : dice.Pick((string[])["wrong", "mistaken"]);
        return dice.Between(0, 2) switch
        {
            0 => $"{Reported(person.Name, part, said)} , {(right ? "and" : "but")} {person.Pronoun} is {verdict}",
            1 => $"{person.Name} is {verdict} to call the {part} {Quality(said)}",
            _ => $"{person.Name} is {verdict} when {person.Pronoun} says the {part} is {Quality(said)}",
        };
    }

    private string Comparative(string part, bool good)
    {
        string thing = $"the {Word(good)} one before it";
        return good
            ? dice.Coin() ? $"the {part} is even better than {thing}" : $"the {part} is no worse than {thing}"
            : dice.Coin() ? $"the {part} is even worse than {thing}" : $"the {part} is no better than {thing}";
    }
}
