using Decant.Distillation.Evaluation.Metrics;
using Decant.Torch.Random;

namespace Decant.Distillation.Evaluation.Statistics;

/// <summary>
/// The paired bootstrap (Efron 1979; Koehn, EMNLP 2004): evaluation sets like the one at hand are made by drawing its
/// examples with replacement, and the difference between two systems is computed on each of them. Their spread says how
/// much of the difference is owed to the choice of examples. (It says nothing about the luck of the training seed.)
/// </summary>
public static class PairedBootstrap
{
    /// <summary>A confidence interval of the difference b − a, by percentiles.</summary>
    /// <param name="a">One system.</param>
    /// <param name="b">The other.</param>
    /// <param name="metric">What they are compared by.</param>
    /// <param name="confidence">How often such an interval holds the true difference: above 0, below 1. Default 0.95.</param>
    /// <param name="rounds">Sets drawn.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="DecantException">The systems were not run on the same examples.</exception>
    public static (double Low, double High) Interval(Predictions a, Predictions b, IMetric metric, double confidence = 0.95, int rounds = 10_000, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        if (!(confidence is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
        PairedPredictions.Check(a, b);
        var stream = new RandomStream(seed, "paired bootstrap");
        var drawn = new int[a.Count];
        var differences = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < drawn.Length; i++) drawn[i] = stream.Next(a.Count);
            differences[round] = metric.Compute(b.Take(drawn)) - metric.Compute(a.Take(drawn));
        }
        Array.Sort(differences);
        double tail = (1 - confidence) / 2;
        return (Quantile(differences, tail), Quantile(differences, 1 - tail));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
