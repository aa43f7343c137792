using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class MeanMetricTests
{
    [Fact]
    public void Averages_its_parts() =>
        Assert.Equal((0.75 + 2 / 3.0) / 2, new MeanMetric("both", new Accuracy(), new F1Score()).Compute(Given.Binary), 12);

    [Fact]
    public void Parts_that_pull_apart_are_refused() =>
        Assert.Throws<ArgumentException>(() => new MeanMetric("odd", new PearsonCorrelation(), new MeanSquaredError()));

    [Fact]
    public void No_parts_are_refused() => Assert.Throws<ArgumentException>(() => new MeanMetric("none"));
}
