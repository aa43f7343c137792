using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Tests.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Statistics;

public class SignificanceTestTests
{
    [Fact]
    public void A_clear_difference_is_significant_and_its_interval_excludes_zero()
    {
        var (a, b) = Systems.Disagreeing(10, 60, 230);
        var result = SignificanceTest.Compare(a, b, new Accuracy(), rounds: 500);
        Assert.Equal((240 / 300.0, 290 / 300.0), (result.ScoreA, result.ScoreB));
        Assert.Equal(50 / 300.0, result.Difference, 12);
        Assert.True(result.PValue < 0.01 && result.Low > 0 && result.High > result.Low);
    }

    [Fact]
    public void Label_sets_and_numbers_can_be_compared_too()
    {
        var sets = SignificanceTest.Compare(Given.LabelSets, Given.Sets(["110", "101", "010"], ["110", "101", "010"]), new MicroF1(), rounds: 50);
        Assert.Equal(1 - 6 / 9.0, sets.Difference, 12);
        var numbers = SignificanceTest.Compare(Given.Numbers([1, 2, 3], [1, 2, 3]), Given.Numbers([3, 2, 1], [1, 2, 3]), new SpearmanCorrelation(), rounds: 50);
        Assert.Equal(-2, numbers.Difference, 12);
    }
}
