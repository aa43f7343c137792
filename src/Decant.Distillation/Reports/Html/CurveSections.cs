using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Curves;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Reports.Markup;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Reports.Html;

/// <summary>Small charts side by side: scores, loss terms, and what else was logged.</summary>
internal static class CurveSections
{
    public static void Write(MarkupWriter page, ReportModel model, IReadOnlyDictionary<string, int> slots)
    {
        var training = CurveName.Of(model.Runs, MetricsKind.Train);
        var evaluation = CurveName.Of(model.Runs, MetricsKind.Eval);
        string band = model.Runs.GroupBy(run => run.System).Any(system => system.Count() > 1) ? " Lines are means over seeds, bands one standard deviation." : "";
        WriteSection(page, model, slots, "Evaluation", "Scores on the evaluation data as training went on." + band, evaluation);
        WriteSection(page, model, slots, "Learning curves", "Each loss term on its own scale." + band, [.. training.Where(curve => curve.IsLoss)]);
        WriteSection(page, model, slots, "Training", "Learning rate, speed and what else was logged." + band, [.. training.Where(curve => !curve.IsLoss)]);
    }

    private static void WriteSection(MarkupWriter page, ReportModel model, IReadOnlyDictionary<string, int> slots, string heading, string explanation, IReadOnlyList<CurveName> curves)
    {
        var charts = curves.Select(curve => Chart(model, slots, curve)).Where(chart => chart.Series.Count > 0).ToList();
        if (charts.Count == 0) return;
        using (Section.Open(page, heading, explanation))
        {
            if (slots.Count > 1)
                Section.Legend(page, charts.SelectMany(chart => chart.Series).Select(series => (series.Name, series.Slot)).Distinct().OrderBy(pair => pair.Slot));
            Section.Grid(page, charts.Select(chart => chart.ToSvg()));
        }
    }

    private static LineChart Chart(ReportModel model, IReadOnlyDictionary<string, int> slots, CurveName curve)
    {
        bool isMetric = curve.Kind == MetricsKind.Eval && MetricSet.KnownNames.Contains(curve.Name);
        var score = ScoreColumn.Of(curve.Name);
        double scale = isMetric && score.IsPercentage ? 100 : 1;
        var references = isMetric ? Teacher(model, curve.Name, scale) : [];
        var series = CurveBuilder.Build(model.Runs, curve, slots, scale);
        if (references.Count > 0 && series.Any(line => line.Slot >= 0))
            series = [.. series.Where(line => line.Slot >= 0)]; // The level says all that the teacher's own curve would.
        return new LineChart
        {
            Title = curve.Label,
            Subtitle = isMetric ? (score.IsPercentage ? "%, " : "") + (score.HigherIsBetter ? "higher is better" : "lower is better") : curve.IsLoss ? "lower is better" : null,
            X = new Axis("Epoch", AxisUnit.Count),
            Reaches = [0, model.Runs.SelectMany(run => run.Entries).Where(entry => entry.Value(curve.Name) is not null).Max(entry => entry.Epoch)],
            Y = new Axis(curve.Label, curve.Name.EndsWith("PerSecond", StringComparison.Ordinal) ? AxisUnit.Count : AxisUnit.Number),
            Series = series,
            References = references,
        };
    }

    private static List<ReferenceLine> Teacher(ReportModel model, string metric, double scale) =>
        model.Comparison?.Teacher is { } teacher && teacher.Scores.TryGetValue(metric, out var score)
            ? [new ReferenceLine($"{teacher.System} {Units.Significant(score.Mean * scale)}", score.Mean * scale)]
            : [];
}
