using Decant.Distillation.Evaluation.Metrics;
using Decant.Torch.Random;

namespace Decant.Distillation.Evaluation.Statistics;

/// <summary>
/// Approximate randomisation (Noreen 1989; Yeh, COLING 2000): if two systems were equally good, it would not matter which
/// of them gave which answer. So the answers to each example are exchanged or not by the toss of a coin, many times, and
/// it is counted how often that alone makes a difference as large as the one seen. Holds for any metric, also for F1 and
/// correlations, which are no means over examples.
/// </summary>
public static class ApproximateRandomization
{
    /// <summary>The two-sided p-value of the difference between two systems on the same examples.</summary>
    /// <param name="a">One system.</param>
    /// <param name="b">The other.</param>
    /// <param name="metric">What they are compared by.</param>
    /// <param name="rounds">Times that the answers are exchanged; the p-value cannot fall below 1 / (rounds + 1).</param>
    /// <param name="seed">Seed of the coin.</param>
    /// <returns>In (0, 1]: (exchanges with at least the difference seen + 1) / (rounds + 1).</returns>
    /// <exception cref="DecantException">The systems were not run on the same examples.</exception>
    public static double PValue(Predictions a, Predictions b, IMetric metric, int rounds = 10_000, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        PairedPredictions.Check(a, b);
        // Sums in another order differ in the last bits: a difference that is equal must not count as smaller.
        double seen = Math.Abs(metric.Compute(b) - metric.Compute(a)) - 1e-12;
        float[] outputsA = [.. a.Outputs], outputsB = [.. b.Outputs];
        float[] one = new float[outputsA.Length], two = new float[outputsA.Length];
        uint[] coins = new uint[(a.Count + 31) / 32];
        var stream = new RandomStream(seed, "approximate randomization");
        int width = a.OutputCount, atLeast = 0;
        for (int round = 0; round < rounds; round++)
        {
            stream.Fill(coins);
            for (int i = 0; i < a.Count; i++)
            {
                bool exchange = (coins[i / 32] >> (i % 32) & 1) != 0;
                int at = i * width;
                (exchange ? outputsB : outputsA).AsSpan(at, width).CopyTo(one.AsSpan(at));
                (exchange ? outputsA : outputsB).AsSpan(at, width).CopyTo(two.AsSpan(at));
            }
            if (Math.Abs(metric.Compute(a.WithOutputs(two)) - metric.Compute(a.WithOutputs(one))) >= seen) atLeast++;
        }
        return (atLeast + 1.0) / (rounds + 1.0);
    }
}
