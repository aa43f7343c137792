using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Sweeps;

/// <summary>
/// The curves of a sweep over one key whose values are amounts: a line for each strategy (<c>magnitude 0.1</c>, <c>attention 5</c>, <c>t_top10 keep 2</c>),
/// its amount to the right and the figure upwards, a standard deviation to both sides. Joint cuts (<c>1l_10t_0.1h</c>) lie at the product of their numbers.
/// </summary>
public static partial class SweepCurves
{
    /// <summary>Draws <c>sweep.svg</c>; null where the sweep has no such key.</summary>
    /// <param name="summary">What the sweep has found.</param>
    /// <param name="title">Heading.</param>
    public static string? ToSvg(this SweepSummary summary, string title)
    {
        (string Strategy, LinePoint Point)?[] points = [.. summary.Rows.Select(row => PointOf(row, summary.Metric))];
        if (points.Length < 2 || points.Any(p => p is null)) return null;
        LineSeries[] lines =
        [
            .. points.Select(p => p!.Value).GroupBy(p => p.Strategy).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select((g, slot) => new LineSeries(g.Key, slot, [.. g.Select(p => p.Point).OrderBy(p => p.X)])),
        ];
        double[] amounts = [.. lines.SelectMany(l => l.Points).Select(p => p.X)];
        ScoreColumn score = ScoreColumn.Of(summary.Metric);
        return StandaloneChart.Of(new LineChart
        {
            Title = title,
            Subtitle = $"{summary.Metric}{(score.IsPercentage ? ", %" : "")}; mean over {summary.Rows.Max(r => r.Seeds)} seeds, bands one standard deviation",
            X = new Axis(KeyOf(summary.Rows[0])!.Split('.')[^1], IsLogarithmic: amounts.Min() > 0 && amounts.Max() / amounts.Min() >= 10),
            Y = new Axis(summary.Metric),
            Series = lines,
        });
    }

    private static (string, LinePoint)? PointOf(SweepRow row, string metric)
    {
        if (KeyOf(row) is not { } key || AmountOf(row.Setting.Find(key)!) is not (var strategy, var amount)) return null;
        double scale = ScoreColumn.Of(metric).IsPercentage ? 100 : 1;
        return (strategy, new LinePoint(amount, row.Metrics[metric].Mean * scale, (row.Metrics[metric].StandardDeviation ?? 0) * scale));
    }

    // The first key is what is varied; others move together with it, such as the store that has its knowledge.
    private static string? KeyOf(SweepRow row) => row.Setting.Values.FirstOrDefault()?.Key;

    private static (string Strategy, double Amount)? AmountOf(string value)
    {
        value = value.Trim('"', '\'');
        if (value.Contains("l_", StringComparison.Ordinal))
        {
            HiddenStateCut cut = HiddenStateCut.Parse(value);
            return ("layers × tokens × share of neurons", cut.Layers * cut.Tokens * cut.Neurons);
        }
        return LastNumber().Match(value) is { Success: true } match
            ? (match.Groups[1].Value.Trim() is { Length: > 0 } name ? name : "value", double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"^(.*?)\s*([0-9.]+(?:e-?[0-9]+)?)$")]
    private static partial Regex LastNumber();
}
