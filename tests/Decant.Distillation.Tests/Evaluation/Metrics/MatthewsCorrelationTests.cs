using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class MatthewsCorrelationTests
{
    [Fact]
    public void Two_classes() =>
        // (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)) = (2·4 − 1·1) / √(3·3·5·5).
        Assert.Equal(7 / 15.0, new MatthewsCorrelation().Compute(Given.Binary), 12);

    [Fact]
    public void Three_classes() =>
        // n = 6, 4 right; true totals 2,2,2; predicted totals 2,3,1: (4·6 − 12) / √((36−12)(36−14)).
        Assert.Equal(12 / Math.Sqrt(24 * 22), new MatthewsCorrelation().Compute(Given.ThreeClasses), 12);

    [Fact]
    public void All_wrong_is_minus_one() =>
        Assert.Equal(-1, new MatthewsCorrelation().Compute(Given.Classes(2, truth: [0, 1], predicted: [1, 0])), 12);

    [Theory]
    [InlineData(new[] { 0, 1, 0 }, new[] { 0, 0, 0 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 0, 1, 1 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 1, 1, 1 })]
    public void One_class_only_is_zero(int[] truth, int[] predicted) =>
        Assert.Equal(0, new MatthewsCorrelation().Compute(Given.Classes(2, truth, predicted)));

    [Fact]
    public void Label_sets_are_refused() =>
        Assert.Equal("The metric matthews needs one class an example, but the task gives label sets of 3 labels. Use macroF1 or microF1.",
            Assert.Throws<DecantException>(() => new MatthewsCorrelation().Compute(Given.LabelSets)).Message);
}
