using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class MacroF1Tests
{
    [Fact]
    public void Classes_weigh_the_same() =>
        // F1 by class: 2·1/(2+2) = 1/2, 2·2/(2+3) = 4/5, 2·1/(2+1) = 2/3.
        Assert.Equal((1 / 2.0 + 4 / 5.0 + 2 / 3.0) / 3, new MacroF1().Compute(Given.ThreeClasses), 12);

    [Fact]
    public void A_class_that_never_occurs_is_left_out() =>
        Assert.Equal(1, new MacroF1().Compute(Given.Classes(4, truth: [0, 2], predicted: [0, 2])));

    [Fact]
    public void Every_label_of_a_set_counts() =>
        // F1 by label: 1, 2·1/(2+1+1) = 1/2, 0.
        Assert.Equal((1 + 0.5 + 0) / 3, new MacroF1().Compute(Given.LabelSets), 12);

    [Fact]
    public void Numbers_are_refused() =>
        Assert.StartsWith("The metric macroF1 needs", Assert.Throws<DecantException>(() => new MacroF1().Compute(Given.Numbers([1], [1]))).Message);
}
