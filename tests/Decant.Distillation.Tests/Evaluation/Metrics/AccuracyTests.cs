using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class AccuracyTests
{
    [Fact]
    public void Six_of_eight_are_right() => Assert.Equal(6 / 8.0, new Accuracy().Compute(Given.Binary), 12);

    [Fact]
    public void Four_of_six_are_right() => Assert.Equal(4 / 6.0, new Accuracy().Compute(Given.ThreeClasses), 12);

    [Fact]
    public void A_label_set_counts_only_when_all_of_it_is_right() => Assert.Equal(1 / 3.0, new Accuracy().Compute(Given.LabelSets), 12);

    [Fact]
    public void Numbers_are_refused()
    {
        var error = Assert.Throws<DecantException>(() => new Accuracy().Compute(Given.Numbers([1], [1])));
        Assert.Equal("The metric accuracy needs classes or label sets, but the task gives numbers (regression). Use pearson, spearman or mse.", error.Message);
    }
}
