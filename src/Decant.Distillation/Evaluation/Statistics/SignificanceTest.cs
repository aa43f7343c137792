using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Evaluation.Statistics;

/// <summary>What can be said about the difference of two systems on one evaluation set.</summary>
/// <param name="ScoreA">The first system's score.</param>
/// <param name="ScoreB">The second system's score.</param>
/// <param name="PValue">How often chance alone would make a difference as large: see <see cref="ApproximateRandomization"/>. Below 0.05 is commonly called significant.</param>
/// <param name="Low">Lower end of the difference's confidence interval: see <see cref="PairedBootstrap"/>.</param>
/// <param name="High">Upper end.</param>
public sealed record SignificanceResult(double ScoreA, double ScoreB, double PValue, double Low, double High)
{
    /// <summary>The second score less the first.</summary>
    public double Difference => ScoreB - ScoreA;
}

/// <summary>
/// Compares two systems by their answers to the same examples. Both tests look at the examples alone: that another seed of
/// the same system would answer otherwise is what <see cref="SeedStatistics"/> is for. Of many comparisons one in twenty
/// has a p-value below 0.05 by chance.
/// </summary>
public static class SignificanceTest
{
    /// <summary>Runs both tests.</summary>
    /// <param name="a">One system.</param>
    /// <param name="b">The other.</param>
    /// <param name="metric">What they are compared by.</param>
    /// <param name="confidence">Of the interval. Default 0.95.</param>
    /// <param name="rounds">Of each test. Default 10,000.</param>
    /// <param name="seed">Of both tests; the same seed gives the same result.</param>
    /// <exception cref="DecantException">The systems were not run on the same examples.</exception>
    public static SignificanceResult Compare(Predictions a, Predictions b, IMetric metric, double confidence = 0.95, int rounds = 10_000, ulong seed = 1)
    {
        double p = ApproximateRandomization.PValue(a, b, metric, rounds, seed);
        var (low, high) = PairedBootstrap.Interval(a, b, metric, confidence, rounds, seed);
        return new SignificanceResult(metric.Compute(a), metric.Compute(b), p, low, high);
    }
}
