using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class F1ScoreTests
{
    [Fact]
    public void Two_classes_score_class_one() =>
        // TP 2, FP 1, FN 1: precision and recall are both 2/3.
        Assert.Equal(2 / 3.0, new F1Score().Compute(Given.Binary), 12);

    [Fact]
    public void Precision_and_recall_that_differ_are_combined_harmonically() =>
        // TP 1, FP 3, FN 0: precision 1/4, recall 1, F1 = 2·1/(2+3) = 0.4.
        Assert.Equal(0.4, new F1Score().Compute(Given.Classes(2, truth: [1, 0, 0, 0], predicted: [1, 1, 1, 1])), 12);

    [Fact]
    public void Nothing_positive_anywhere_scores_zero() =>
        Assert.Equal(0, new F1Score().Compute(Given.Classes(2, truth: [0, 0], predicted: [0, 0])));

    [Fact]
    public void More_classes_are_averaged() =>
        Assert.Equal(new MacroF1().Compute(Given.ThreeClasses), new F1Score().Compute(Given.ThreeClasses));

    [Fact]
    public void Numbers_are_refused() =>
        Assert.StartsWith("The metric f1 needs", Assert.Throws<DecantException>(() => new F1Score().Compute(Given.Numbers([1], [1]))).Message);
}
