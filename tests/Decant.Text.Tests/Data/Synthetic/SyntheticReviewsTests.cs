using System.Text.RegularExpressions;
using Decant.Text.Data;
using Decant.Text.Data.Synthetic;

namespace Decant.Text.Tests.Data.Synthetic;

public class SyntheticReviewsTests
{
    private static readonly SyntheticReviewOptions Everything = new() { Filler = 0.5, Link = 0.6, MaxLinks = 4, Turn = 0.5, MaxTurns = 8, MaxDistractors = 4 };

    private static string[] Words(string text) => [.. Regex.Matches(text.ToLowerInvariant(), @"\w+|[^\w\s]").Select(m => m.Value)];

    [Fact]
    public void TheSameSeedGivesTheSameReviews()
    {
        string[] Texts(long seed) => [.. SyntheticReviews.Generate(seed, 200).Examples.Select(e => $"{e.Id} {e.ClassIndex} {e.Text}")];
        Assert.Equal(Texts(7), Texts(7));
        Assert.NotEqual(Texts(7), Texts(8));
        Assert.Equal(SyntheticReviews.Generate(7, 200).Fingerprint, SyntheticReviews.Generate(7, 200).Fingerprint);
    }

    [Fact]
    public void LabelsAreBalancedAndNotInOrder()
    {
        int[] labels = [.. SyntheticReviews.Generate(3, 4000).Examples.Select(e => e.ClassIndex!.Value)];
        Assert.Equal(2000, labels.Sum());
        Assert.InRange(Enumerable.Range(0, 2000).Count(i => labels[2 * i] == 1), 900, 1100);
    }

    [Fact]
    public void SplitsAreDisjointAndOnlyTheUnlabelledOneHasNoLabels()
    {
        SyntheticSplits splits = SyntheticReviews.Splits(5, train: 3000, dev: 500, test: 500, unlabelled: 2000);
        DataSet[] all = [splits.Train, splits.Dev, splits.Test, splits.Unlabelled!];
        Assert.Equal([3000, 500, 500, 2000], all.Select(d => d.Examples.Count));
        Assert.Equal(6000, all.SelectMany(d => d.Examples).Select(e => e.Text).Distinct().Count());
        Assert.Equal(6000, all.SelectMany(d => d.Examples).Select(e => e.Id).Distinct().Count());
        Assert.Equal([true, true, true, false], all.Select(d => d.IsLabelled));
        Assert.Equal(["train", "dev", "test", "unlabelled"], all.Select(d => d.Split));
        Assert.Null(SyntheticReviews.Splits(5, 10, 10, 10).Unlabelled);
    }

    [Fact]
    public void TheVocabularyHoldsEveryWordAndNoOther()
    {
        IReadOnlyList<string> vocabulary = SyntheticReviews.Vocabulary;
        Assert.Equal(vocabulary.Count, vocabulary.Distinct().Count());
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], vocabulary.Take(5));
        HashSet<string> used = [.. SyntheticReviews.Generate(1, 12_000, Everything).Examples.SelectMany(e => Words(e.Text))];
        string[] words = [.. vocabulary.Where(p => p.Length > 1 && char.IsAsciiLetter(p[0]))];
        Assert.Empty(used.Except(vocabulary));
        Assert.Empty(words.Except(used));
        Assert.InRange(vocabulary.Count, 300, 800);
        for (char c = 'a'; c <= 'z'; c++) Assert.True(vocabulary.Contains($"{c}") && vocabulary.Contains($"##{c}"));
    }

    [Fact]
    public void TextReadsLikeEnglish()
    {
        foreach (Example example in SyntheticReviews.Generate(2, 2000, Everything).Examples)
        {
            Assert.Matches(@"^([A-Z][A-Za-z]*(,? [A-Za-z]+)*\.)( [A-Z][A-Za-z]*(,? [A-Za-z]+)*\.)*$", example.Text);
            Assert.DoesNotContain(" i ", example.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RefusesOptionsOutOfRange()
    {
        Assert.Equal("Synthetic reviews: Negation is 1.5; it must be between 0 and 1.", ErrorOf(new() { Negation = 1.5 }));
        Assert.Equal("Synthetic reviews: MaxLinks is 5; it must be 0 to 4.", ErrorOf(new() { MaxLinks = 5 }));
        Assert.Equal("Synthetic reviews: MaxTurns is -1; it must be 0 to 8.", ErrorOf(new() { MaxTurns = -1 }));
        Assert.Equal("Synthetic reviews: distractors of 3 to 2 are out of range; 0 ≤ MinDistractors ≤ MaxDistractors ≤ 8.",
            ErrorOf(new() { MinDistractors = 3, MaxDistractors = 2 }));
        Assert.Contains("the sum of Negation, DoubleNegation, Contrast, Attribution and Comparative",
            ErrorOf(new() { Negation = 0.9, Contrast = 0.9 }), StringComparison.Ordinal);

        static string ErrorOf(SyntheticReviewOptions options) =>
            Assert.Throws<DecantException>(() => SyntheticReviews.Generate(1, 10, options)).Message;
    }
}
