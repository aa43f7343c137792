using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class MicroF1Tests
{
    [Fact]
    public void With_one_class_an_example_it_is_accuracy() => Assert.Equal(4 / 6.0, new MicroF1().Compute(Given.ThreeClasses), 12);

    [Fact]
    public void Labels_of_sets_are_pooled() =>
        // TP 3, FP 1, FN 2: 6 / (6 + 1 + 2).
        Assert.Equal(6 / 9.0, new MicroF1().Compute(Given.LabelSets), 12);

    [Fact]
    public void Empty_sets_everywhere_score_zero() => Assert.Equal(0, new MicroF1().Compute(Given.Sets(["00"], ["00"])));

    [Fact]
    public void Numbers_are_refused() =>
        Assert.StartsWith("The metric microF1 needs", Assert.Throws<DecantException>(() => new MicroF1().Compute(Given.Numbers([1], [1]))).Message);
}
