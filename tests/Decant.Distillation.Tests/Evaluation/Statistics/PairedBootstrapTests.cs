using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Evaluation.Statistics;

namespace Decant.Distillation.Tests.Evaluation.Statistics;

public class PairedBootstrapTests
{
    [Fact]
    public void For_accuracy_it_comes_near_the_normal_interval()
    {
        var (a, b) = Systems.Disagreeing(onlyA: 40, onlyB: 80, both: 880);
        // The difference is a mean of −1, 0 and 1: variance (120 − 40²/1000) / 1000².
        double mean = 40 / 1000.0, deviation = Math.Sqrt((120 - 1.6) / 1e6);
        var (low, high) = PairedBootstrap.Interval(a, b, new Accuracy(), rounds: 1000);
        Assert.Equal(mean - 1.96 * deviation, low, 0.003);
        Assert.Equal(mean + 1.96 * deviation, high, 0.003);
    }

    [Fact]
    public void Less_confidence_is_a_narrower_interval_and_the_seed_repeats()
    {
        var (a, b) = Systems.Disagreeing(5, 15, 80);
        var wide = PairedBootstrap.Interval(a, b, new F1Score(), 0.95, 500, seed: 3);
        var narrow = PairedBootstrap.Interval(a, b, new F1Score(), 0.5, 500, seed: 3);
        Assert.True(wide.Low < narrow.Low && narrow.High < wide.High);
        Assert.Equal(wide, PairedBootstrap.Interval(a, b, new F1Score(), 0.95, 500, seed: 3));
    }

    [Fact]
    public void Systems_that_agree_differ_by_nothing()
    {
        var (a, b) = Systems.Disagreeing(0, 0, 10);
        Assert.Equal((0, 0), PairedBootstrap.Interval(a, b, new Accuracy(), rounds: 50));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_is_a_share(double confidence)
    {
        var (a, b) = Systems.Disagreeing(1, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedBootstrap.Interval(a, b, new Accuracy(), confidence));
    }
}
