using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Curves;
using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Tests.Reports.Curves;

public class CurveNameTests
{
    private static ReportRun Run(MetricsKind kind, params string[] names) => new()
    {
        System = "s", Entries = [new MetricsEntry { Step = 1, Epoch = 1, Time = default, Kind = kind, Values = [.. names.Select(name => KeyValuePair.Create(name, 1.0))] }],
    };

    [Fact]
    public void Training_shows_the_total_first_then_the_order_of_the_log() =>
        Assert.Equal(["Total loss", "Hard labels", "Soft labels", "Learning rate"],
            CurveName.Of([Run(MetricsKind.Train, "loss/hardLabels", "loss/total", "learningRate"), Run(MetricsKind.Train, "loss/hardLabels", "loss/softLabels")], MetricsKind.Train).Select(c => c.Label).OrderBy(l => l == "Learning rate"));

    [Fact]
    public void Evaluation_shows_scores_before_losses() =>
        Assert.Equal(["Accuracy", "Loss on evaluation data"], CurveName.Of([Run(MetricsKind.Eval, "loss", "accuracy")], MetricsKind.Eval).Select(c => c.Label));

    [Fact]
    public void Kinds_are_kept_apart() => Assert.Empty(CurveName.Of([Run(MetricsKind.Eval, "loss")], MetricsKind.Train));
}
