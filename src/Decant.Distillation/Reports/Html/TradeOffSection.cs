using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Markup;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Reports.Html;

/// <summary>The score against parameters and against time.</summary>
internal static class TradeOffSection
{
    public static void Write(MarkupWriter page, ReportModel model, IReadOnlyDictionary<string, int> slots)
    {
        if (model.Comparison is not { } table) return;
        string[] charts =
        [
            .. Chart(table, slots, "parameters", "Parameters", AxisUnit.Count, row => row.Parameters),
            .. Chart(table, slots, "inference time", table.TimeOf is null ? "Inference time" : "Inference time, same work for all", AxisUnit.Seconds, row => row.Seconds),
        ];
        if (charts.Length == 0) return;
        using (Section.Open(page, "What a score costs", "Each point is a system; its error bar is one standard deviation over seeds, the faint dots are the seeds. Systems of the same cost stand side by side."))
            Section.Grid(page, charts);
    }

    private static IEnumerable<string> Chart(ComparisonTable table, IReadOnlyDictionary<string, int> slots, string cost, string axis, AxisUnit unit, Func<ComparisonRow, double?> costOf)
    {
        var score = table.Scores[0];
        var rows = table.Rows.Where(row => costOf(row) is > 0 && row.Scores.ContainsKey(score.Name)).ToList();
        if (rows.Count < 2) yield break; // One point is no comparison.
        double scale = score.IsPercentage ? 100 : 1;
        double[] costs = [.. rows.Select(row => costOf(row)!.Value)];
        string label = Labels.Of(score.Name);
        yield return new ScatterChart
        {
            Title = $"{label} against {cost}",
            Subtitle = score.HigherIsBetter ? "Up and to the left is better" : "Down and to the left is better",
            X = new Axis(axis, unit, IsLogarithmic: costs.Max() / costs.Min() >= 4),
            Y = new Axis(score.IsPercentage ? label + " (%)" : label),
            Points = [.. rows.Select(row =>
            {
                var statistics = row.Scores[score.Name];
                return new ScatterPoint(row.System, slots[row.System], costOf(row)!.Value, statistics.Mean * scale, (statistics.StandardDeviation ?? 0) * scale,
                    statistics.Count > 1 ? [.. statistics.Values.Select(value => value * scale)] : null);
            })],
        }.ToSvg();
    }
}
