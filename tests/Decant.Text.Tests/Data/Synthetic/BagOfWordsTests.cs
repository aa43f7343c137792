using System.Text.RegularExpressions;
using Decant.Text.Data;
using Decant.Text.Data.Synthetic;
using Xunit.Abstractions;

namespace Decant.Text.Tests.Data.Synthetic;

/// <summary>Counting words, or pairs of words, must not be enough to solve the synthetic reviews.</summary>
public class BagOfWordsTests(ITestOutputHelper output)
{
    [Fact]
    public void NaiveBayesFails()
    {
        SyntheticSplits splits = SyntheticReviews.Splits(11, train: 10_000, dev: 1, test: 2_000);
        double words = Accuracy(splits, Words), pairs = Accuracy(splits, Pairs);
        output.WriteLine($"naive Bayes: single words {words:P1}, words and pairs {pairs:P1}");
        Assert.InRange(words, 0.5, 0.8);
        Assert.InRange(pairs, 0.5, 0.85);
    }

    [Fact]
    public void NaiveBayesSolvesReviewsWithoutStructure()
    {
        // The same classifier on the same words: what defeats it is the structure, not the classifier.
        var plain = new SyntheticReviewOptions
        {
            MinDistractors = 0, MaxDistractors = 0, Negation = 0, DoubleNegation = 0, Contrast = 0, Attribution = 0, Comparative = 0, Turn = 0, Link = 0,
        };
        Assert.InRange(Accuracy(SyntheticReviews.Splits(11, 5_000, 1, 1_000, 0, plain), Words), 0.99, 1);
    }

    private static IEnumerable<string> Words(string text) => Regex.Matches(text.ToLowerInvariant(), @"\w+").Select(m => m.Value);

    private static IEnumerable<string> Pairs(string text)
    {
        string[] words = [.. Words(text)];
        return words.Concat(words.Zip(words.Skip(1), (a, b) => $"{a} {b}"));
    }

    /// <summary>Multinomial naive Bayes with add-one smoothing.</summary>
    private static double Accuracy(SyntheticSplits splits, Func<string, IEnumerable<string>> features)
    {
        var counts = new Dictionary<string, double[]>();
        var totals = new double[2];
        foreach (Example example in splits.Train.Examples)
            foreach (string feature in features(example.Text))
            {
                if (!counts.TryGetValue(feature, out double[]? count)) counts[feature] = count = [1, 1];
                count[example.ClassIndex!.Value]++;
                totals[example.ClassIndex!.Value]++;
            }
        double Score(Example e, int label) =>
            features(e.Text).Where(counts.ContainsKey).Sum(f => Math.Log(counts[f][label] / (totals[label] + counts.Count)));
        return splits.Test.Examples.Average(e => (Score(e, 1) > Score(e, 0) ? 1 : 0) == e.ClassIndex ? 1.0 : 0.0);
    }
}
