using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Tests.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Statistics;

public class ApproximateRandomizationTests
{
    [Theory]
    [InlineData(1, 8, 20.0 / 512)] // 2 · (C(9,0) + C(9,1)) / 2⁹
    [InlineData(0, 6, 2.0 / 64)]
    [InlineData(3, 3, 1.0)]
    [InlineData(0, 0, 1.0)]
    public void For_accuracy_it_is_the_exact_sign_test(int onlyA, int onlyB, double exact)
    {
        var (a, b) = Systems.Disagreeing(onlyA, onlyB, both: 30);
        Assert.InRange(ApproximateRandomization.PValue(a, b, new Accuracy(), rounds: 4000), exact - 0.012, exact + 0.012);
    }

    [Fact]
    public void Direction_does_not_matter_and_the_seed_repeats()
    {
        var (a, b) = Systems.Disagreeing(2, 9, 20);
        double p = ApproximateRandomization.PValue(a, b, new F1Score(), 500, seed: 7);
        Assert.Equal(p, ApproximateRandomization.PValue(b, a, new F1Score(), 500, seed: 7));
        Assert.NotEqual(p, ApproximateRandomization.PValue(a, b, new F1Score(), 500, seed: 8));
    }

    [Fact]
    public void Equal_systems_are_seldom_called_different()
    {
        var random = new Random(3);
        int alarms = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            float[] truth = [.. Enumerable.Range(0, 40).Select(_ => random.NextSingle())];
            Predictions System() => Given.Numbers([.. truth.Select(t => t + random.NextSingle())], truth);
            if (ApproximateRandomization.PValue(System(), System(), new PearsonCorrelation(), 99, (ulong)trial) <= 0.05) alarms++;
        }
        Assert.InRange(alarms, 2, 22); // 10 are to be expected.
    }

    [Fact]
    public void It_never_claims_certainty()
    {
        var (a, b) = Systems.Disagreeing(0, 60, 0);
        Assert.Equal(1 / 100.0, ApproximateRandomization.PValue(a, b, new Accuracy(), 99), 12);
    }

    [Fact]
    public void Other_examples_cannot_be_paired()
    {
        var one = Given.Classes(2, truth: [0, 1], predicted: [0, 1]);
        Assert.StartsWith("The two systems cannot be paired: their labels differ", Assert.Throws<DecantException>(() => ApproximateRandomization.PValue(one, Given.Classes(2, truth: [1, 0], predicted: [0, 1]), new Accuracy(), 9)).Message);
        Assert.Equal("The two systems cannot be paired: one gave 2 × 2 outputs (SingleLabel), the other 1 × 2 (SingleLabel). Evaluate both on the same split.",
            Assert.Throws<DecantException>(() => ApproximateRandomization.PValue(one, Given.Classes(2, truth: [1], predicted: [0]), new Accuracy(), 9)).Message);
    }
}
