using static Decant.Text.Data.Synthetic.ReviewLexicon;

namespace Decant.Text.Data.Synthetic;

/// <summary>
/// Writes one review: the part that is asked about, what the author holds of it (directly, or through a chain of
/// comparisons and of people agreed or disagreed with), and sentences that only seem to decide.
/// </summary>
internal sealed class ReviewWriter
{
    private readonly Dice _dice;
    private readonly SyntheticReviewOptions _options;
    private readonly OpinionWriter _opinions;
    private readonly TurnWriter _turns;
    private readonly List<string> _sentences = [];
    private readonly List<(string Name, string Pronoun)> _people = [];
    private readonly List<string> _parts = [];

    public ReviewWriter(Dice dice, SyntheticReviewOptions options)
    {
        (_dice, _options) = (dice, options);
        _opinions = new OpinionWriter(dice, options);
        _turns = new TurnWriter(dice, _opinions);
    }

    public string Write(bool good)
    {
        _sentences.Clear();
        _people.Clear();
        _people.AddRange(People);
        _parts.Clear();
        (string thing, string[] parts) = _dice.Pick(Things);
        _parts.AddRange(parts);
        string part = _dice.Take(_parts);

        // The last turn is written first: what the author held before it follows from what is held in the end.
        int turns = _dice.Chance(_options.Turn) && _options.MaxTurns > 0 ? _dice.Between(1, _options.MaxTurns) : 0;
        List<string> turning = _turns.Write(part, good, turns, out bool before);
        int links = _dice.Chance(_options.Link) && _options.MaxLinks > 0 ? _dice.Between(1, _options.MaxLinks) : 0;
        State(part, before, links);
        int distractors = _dice.Between(_options.MinDistractors, _options.MaxDistractors);
        for (int i = 0; i < distractors; i++) _sentences.Add(Distractor(part));
        if (_dice.Chance(_options.Filler)) _sentences.Add(Filler(thing));
        _dice.Shuffle(_sentences);
        _sentences.AddRange(turning);
        _sentences.Insert(_dice.Chance(0.8) ? 0 : _sentences.Count, Topic(thing, part));
        return ReviewText.Join(_sentences);
    }

    // Adds the sentences that settle what the author holds of a part.
    private void State(string part, bool good, int links)
    {
        if (links == 0)
        {
            _sentences.Add(_opinions.Clause(part, good, _people));
            return;
        }
        bool same = _dice.Coin();
        if (_dice.Coin())
        {
            string other = _dice.Take(_parts);
            _sentences.Add(Likeness(part, other, same));
            State(other, good == same, links - 1);
            return;
        }
        string name = _dice.Take(_people).Name;
        _sentences.Add(same
            ? _dice.Coin() ? $"i agree with {name} about the {part}" : $"i share the opinion of {name} on the {part}"
            : _dice.Coin() ? $"i disagree with {name} about the {part}" : $"i reject the opinion of {name} on the {part}");
        StateFor(name, part, good == same, links - 1);
    }

    // Adds the sentences that settle what somebody else holds of a part.
    private void StateFor(string name, string part, bool good, int links)
    {
        if (links == 0)
        {
            _sentences.Add(_opinions.Reported(name, part, good));
            return;
        }
        bool same = _dice.Coin();
        string other = _dice.Take(_people).Name;
        _sentences.Add(same ? $"{name} agrees with {other} about the {part}" : $"{name} disagrees with {other} about the {part}");
        StateFor(other, part, good == same, links - 1);
    }

    private string Likeness(string part, string other, bool same) => (same, _dice.Coin()) switch
    {
        (true, true) => $"the {part} is just like the {other}",
        (true, false) => $"i think of the {part} as i do of the {other}",
        (false, true) => $"the {part} is the opposite of the {other}",
        (false, false) => $"i think the contrary of the {part} and of the {other}",
    };

    private string Distractor(string part)
    {
        double share = _dice.Share();
        if (share < 0.6 && _parts.Count > 0) return _opinions.Clause(_dice.Take(_parts), _dice.Coin(), _people);
        if (share < 0.8) return _opinions.Reported(_dice.Take(_people).Name, part, _dice.Coin());
        return _opinions.Supposed(part);
    }

    private string Topic(string thing, string part) => _dice.Between(0, 4) switch
    {
        0 => $"you asked about the {part} of the {thing}",
        1 => $"this is about the {part} of my {thing}",
        2 => $"the question was how i like the {part}",
        3 => $"my subject is the {part} of this {thing}",
        _ => $"i write about the {part}",
    };

    private string Filler(string thing) => _dice.Between(0, 3) switch
    {
        0 => $"the {thing} came from {_dice.Pick(Cities)} in {_dice.Pick(Months)}",
        1 => $"i waited {_dice.Pick(Numbers)} days for the {thing}",
        2 => $"it was a {_dice.Pick(Days)} in {_dice.Pick(Months)}",
        _ => $"my family in {_dice.Pick(Cities)} has {_dice.Pick(Numbers)} of them",
    };
}
