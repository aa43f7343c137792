using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class ConfusionMatrixTests
{
    [Fact]
    public void Counts_truth_by_row_and_prediction_by_column()
    {
        var matrix = ConfusionMatrix.Of(Given.ThreeClasses);
        long[] cells = [.. from t in Enumerable.Range(0, 3) from p in Enumerable.Range(0, 3) select matrix[t, p]];
        Assert.Equal([1, 1, 0, 0, 2, 0, 1, 0, 1], cells);
        Assert.Equal(6, matrix.Total);
        Assert.Equal(4, matrix.Correct);
        Assert.Equal(2, matrix.TrueTotal(0));
        Assert.Equal(3, matrix.PredictedTotal(1));
    }

    [Fact]
    public void Counts_one_label_of_a_set_as_two_classes()
    {
        var matrix = ConfusionMatrix.OfLabel(Given.LabelSets, 1);
        Assert.Equal((1, 1, 1, 0), (matrix[1, 1], matrix[0, 1], matrix[1, 0], matrix[0, 0]));
    }

    [Fact]
    public void Refuses_numbers()
    {
        var error = Assert.Throws<DecantException>(() => ConfusionMatrix.Of(Given.Numbers([1], [1])));
        Assert.Equal("A confusion matrix needs one class an example, but these are numbers (regression).", error.Message);
    }
}
