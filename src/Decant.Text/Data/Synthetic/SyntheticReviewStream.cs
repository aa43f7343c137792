namespace Decant.Text.Data.Synthetic;

/// <summary>Writes one review after the other and never the same text twice.</summary>
internal sealed class SyntheticReviewStream
{
    private const int MostRepeats = 1000;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ReviewWriter _writer;
    private readonly Dice _dice;
    private readonly long _seed;

    public SyntheticReviewStream(long seed, SyntheticReviewOptions options)
    {
        options.Validate();
        _seed = seed;
        _dice = SyntheticReviews.DiceFor(seed);
        _writer = new ReviewWriter(_dice, options);
    }

    public DataSet Next(string split, int count, bool labelled)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var examples = new List<Example>(count);
        bool second = false, good = false;
        for (int i = 0; i < count; i++)
        {
            // Labels come in pairs of one of each in random order: balanced, and nothing to learn from the order.
            good = second ? !good : _dice.Coin();
            second = !second;
            examples.Add(new Example { Id = $"{split}-{i}", Text = NewText(good), ClassIndex = labelled ? (good ? 1 : 0) : null });
        }
        return new DataSet(SyntheticReviews.Task, split, examples, $"synthetic reviews (seed {_seed})");
    }

    private string NewText(bool good)
    {
        for (int repeat = 0; repeat < MostRepeats; repeat++)
        {
            string text = _writer.Write(good);
            if (_seen.Add(text)) return text;
        }
        throw new DecantException($"Synthetic reviews: these options give no more than about {_seen.Count} different reviews. Ask for fewer, or allow more distractors.");
    }
}
