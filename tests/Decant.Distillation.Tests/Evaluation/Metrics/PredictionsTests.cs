using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class PredictionsTests
{
    [Fact]
    public void The_largest_logit_is_the_class_and_the_first_of_equals_wins()
    {
        var predictions = Predictions.ForLabels([0.1f, 0.9f, 0.3f, 2f, -1f, 2f], classes: 3, labels: [0, 0]);
        Assert.Equal([1, 0], [predictions.PredictedClass(0), predictions.PredictedClass(1)]);
    }

    [Fact]
    public void A_label_of_a_set_is_predicted_where_its_logit_is_positive()
    {
        var predictions = Predictions.ForLabelSets([0f, 0.001f], labelCount: 2, flags: [1, 1]);
        Assert.False(predictions.PredictsLabel(0, 0));
        Assert.True(predictions.PredictsLabel(0, 1));
    }

    [Fact]
    public void An_unlabelled_example_is_named()
    {
        var error = Assert.Throws<DecantException>(() => Predictions.ForLabels(new float[4], 2, [0, -1]));
        Assert.Equal("Example 1 has no label, so the data cannot be evaluated. The GLUE test files are unlabelled: evaluate on the dev split.", error.Message);
    }

    [Fact]
    public void A_label_beyond_the_classes_is_named()
    {
        var error = Assert.Throws<DecantException>(() => Predictions.ForLabels(new float[4], 2, [2, 0]));
        Assert.Equal("Example 0 has label 2, but the model has 2 classes (0 to 1).", error.Message);
    }

    [Theory]
    [InlineData(float.NaN, "not a number")]
    [InlineData(float.NegativeInfinity, "infinite")]
    public void A_diverged_model_is_told(float bad, string what)
    {
        var error = Assert.Throws<DecantException>(() => Predictions.ForLabels([0, 0, 0, bad], 2, [0, 1]));
        Assert.Equal($"The output of example 1 is {what}: no metric can be computed. The model has probably diverged; lower the learning rate.", error.Message);
    }

    [Fact]
    public void A_flag_that_is_no_flag_is_named()
    {
        var error = Assert.Throws<DecantException>(() => Predictions.ForLabelSets(new float[4], 2, [0, 1, 0, 3]));
        Assert.Equal("Example 1 has 3 for label 1; a label set holds 1 where a label applies and 0 elsewhere.", error.Message);
    }

    [Fact]
    public void An_empty_set_cannot_be_evaluated() =>
        Assert.StartsWith("There is nothing to evaluate", Assert.Throws<DecantException>(() => Predictions.ForTargets([], [])).Message);

    [Fact]
    public void Rows_and_labels_have_to_agree()
    {
        Assert.Throws<ArgumentException>(() => Predictions.ForLabels(new float[5], 2, [0, 0]));
        Assert.Throws<ArgumentException>(() => Predictions.ForLabels(new float[4], 2, [0]));
        Assert.Throws<ArgumentException>(() => Predictions.ForTargets([1, 2], [1]));
    }

    [Fact]
    public void Examples_can_be_taken_by_number_with_all_that_belongs_to_them()
    {
        var taken = Predictions.ForLabels([1, 2, 3, 4, 5, 6], 2, [0, 1, 0]).Take([2, 0, 2]);
        Assert.Equal([5, 6, 1, 2, 5, 6], taken.Outputs);
        Assert.Equal([0, 0, 0], taken.Labels);
        Assert.Equal([1, 0], Predictions.ForLabelSets([1, 2, 3, 4], 2, [0, 1, 1, 0]).Take([1]).Labels);
        Assert.Equal([9, 8], Predictions.ForTargets([1, 2], [8, 9]).Take([1, 0]).Targets);
    }

    [Fact]
    public void Other_outputs_keep_the_labels()
    {
        var one = Predictions.ForLabels([1, 0], 2, [1]);
        Assert.Equal(1, one.WithOutputs([0, 1]).PredictedClass(0));
        Assert.Throws<ArgumentException>(() => one.WithOutputs([0]));
        Assert.Throws<DecantException>(() => one.WithOutputs([0, float.NaN]));
    }
}
