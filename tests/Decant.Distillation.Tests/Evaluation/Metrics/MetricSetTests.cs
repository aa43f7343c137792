using Decant.Distillation.Evaluation.Metrics;
using Decant.Text.Data;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class MetricSetTests
{
    [Fact]
    public void Keeps_the_order_given_and_the_first_decides()
    {
        var set = MetricSet.For("accuracy", "f1", "accuracyAndF1");
        Assert.Equal("accuracy", set.Primary.Name);
        var scores = set.Compute(Given.Binary);
        Assert.Equal(["accuracy", "f1", "accuracyAndF1"], scores.Select(score => score.Key));
        Assert.Equal([0.75, 2 / 3.0, (0.75 + 2 / 3.0) / 2], scores.Select(score => score.Value));
    }

    [Fact]
    public void Every_metric_that_a_task_can_name_exists() =>
        Assert.Equal(MetricNames.All, MetricSet.For(MetricNames.All).Metrics.Select(metric => metric.Name));

    [Theory]
    [InlineData("acuracy", "accuracy")]
    [InlineData("F1", "f1")]
    [InlineData("spearmanr", "spearman")]
    [InlineData("perplexity", null)]
    public void An_unknown_name_gets_the_nearest_if_one_is_near(string wrong, string? nearest)
    {
        var error = Assert.Throws<DecantException>(() => MetricSet.For(wrong));
        Assert.Equal($"There is no metric '{wrong}'. {(nearest is null ? "" : $"Did you mean '{nearest}'? ")}Known are: accuracy, f1, macroF1, microF1, matthews, pearson, spearman, mse, accuracyAndF1, pearsonAndSpearman.", error.Message);
    }

    [Fact]
    public void No_name_and_a_repeated_name_are_refused()
    {
        Assert.StartsWith("No metric is named.", Assert.Throws<DecantException>(() => MetricSet.For()).Message);
        Assert.Equal("The metric 'f1' is named 2 times; name it once.", Assert.Throws<DecantException>(() => MetricSet.For("f1", "f1")).Message);
    }
}
