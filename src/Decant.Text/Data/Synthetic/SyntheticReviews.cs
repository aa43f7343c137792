namespace Decant.Text.Data.Synthetic;

/// <summary>
/// Short reviews written by a seeded generator, and what their author holds of the part that is asked about. The
/// label follows from the structure and is exact: negation, double negation, contrast, other people's opinions,
/// things merely supposed, comparisons, chains of likeness and agreement, and changes of mind decide it, while
/// other sentences praise or blame what was not asked about. Counting words is not enough, and every further link or
/// turn asks for another layer.
/// </summary>
public static class SyntheticReviews
{
    private const ulong ReviewStream = 0x72657669657773; // "reviews"

    /// <summary>The task: two classes, negative and positive, in equal numbers.</summary>
    public static TaskDefinition Task { get; } = new()
    {
        Name = "synthetic-reviews",
        Kind = TaskKind.SingleLabel,
        Labels = ["negative", "positive"],
        Metrics = [MetricNames.Accuracy],
        BestMetric = MetricNames.Accuracy,
    };

    /// <summary>
    /// An uncased WordPiece vocabulary for these reviews, one piece a line of <c>vocab.txt</c>: <c>[PAD]</c> is 0, then
    /// <c>[UNK]</c>, <c>[CLS]</c>, <c>[SEP]</c>, <c>[MASK]</c>, punctuation, every word whole, letters and digits.
    /// </summary>
    public static IReadOnlyList<string> Vocabulary => ReviewVocabulary.Pieces;

    /// <summary>Writes reviews. All texts differ.</summary>
    /// <param name="seed">The same seed, count and options give the same reviews.</param>
    /// <param name="count">How many; even numbers are balanced exactly.</param>
    /// <param name="options">How hard they are; null for the defaults.</param>
    /// <exception cref="DecantException">The options are out of range, or too easy to give as many different reviews.</exception>
    public static DataSet Generate(long seed, int count, SyntheticReviewOptions? options = null) =>
        new SyntheticReviewStream(seed, options ?? new()).Next("train", count, labelled: true);

    /// <summary>Writes the splits of an experiment; no text is in two of them.</summary>
    /// <param name="seed">The same seed, sizes and options give the same reviews.</param>
    /// <param name="train">Number of training reviews.</param>
    /// <param name="dev">Number of reviews to choose by.</param>
    /// <param name="test">Number of reviews to report on.</param>
    /// <param name="unlabelled">Number of reviews without labels, for a teacher to label; 0 for none.</param>
    /// <param name="options">How hard they are; null for the defaults.</param>
    /// <exception cref="DecantException">The options are out of range, or too easy to give as many different reviews.</exception>
    public static SyntheticSplits Splits(long seed, int train, int dev, int test, int unlabelled = 0, SyntheticReviewOptions? options = null)
    {
        var stream = new SyntheticReviewStream(seed, options ?? new());
        return new SyntheticSplits(
            stream.Next("train", train, labelled: true),
            stream.Next("dev", dev, labelled: true),
            stream.Next("test", test, labelled: true),
            unlabelled == 0 ? null : stream.Next("unlabelled", unlabelled, labelled: false));
    }

    internal static Dice DiceFor(long seed) => new(SplitMix64.For(seed, ReviewStream, 0));
}
