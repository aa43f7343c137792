using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class MeanSquaredErrorTests
{
    [Fact]
    public void Worked_by_hand() => Assert.Equal((1 + 4 + 0) / 3.0, new MeanSquaredError().Compute(Given.Numbers([1, 4, 3], [2, 2, 3])), 12);

    [Fact]
    public void Less_is_better_and_it_is_no_percentage() =>
        Assert.Equal((false, false), (new MeanSquaredError().HigherIsBetter, new MeanSquaredError().IsPercentage));

    [Fact]
    public void Classes_are_refused() =>
        Assert.StartsWith("The metric mse needs", Assert.Throws<DecantException>(() => new MeanSquaredError().Compute(Given.Binary)).Message);
}
