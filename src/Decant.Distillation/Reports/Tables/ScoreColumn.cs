using System.Globalization;
using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Evaluation.Statistics;

namespace Decant.Distillation.Reports.Tables;

/// <summary>A column of scores in a comparison.</summary>
/// <param name="Name">The metric's name, with the split where there are several: <c>accuracy</c>, <c>accuracy (mm)</c>.</param>
/// <param name="HigherIsBetter"><see langword="false"/> for errors.</param>
/// <param name="IsPercentage">Whether the value is shown times 100, as GLUE does.</param>
public sealed record ScoreColumn(string Name, bool HigherIsBetter = true, bool IsPercentage = true)
{
    /// <summary>The column of a metric.</summary>
    /// <param name="metric">The metric.</param>
    public static ScoreColumn Of(IMetric metric) => new(metric.Name, metric.HigherIsBetter, metric.IsPercentage);

    /// <summary>The column of a metric, by its name; an unknown name is a percentage of which more is better.</summary>
    /// <param name="name">A name of <see cref="MetricSet.KnownNames"/>, or any other.</param>
    public static ScoreColumn Of(string name) => MetricSet.KnownNames.Contains(name) ? Of(MetricSet.Find(name)) : new ScoreColumn(name);

    /// <summary>A value as shown: one decimal times 100, or three significant digits.</summary>
    /// <param name="value">The value as a metric computes it.</param>
    public string Format(double value) =>
        IsPercentage ? (value * 100).ToString("0.0", CultureInfo.InvariantCulture) : Units.Significant(value);

    /// <summary>Mean and standard deviation as shown: <c>91.2 ± 0.3</c>; the mean alone for one seed.</summary>
    /// <param name="statistics">The value over seeds.</param>
    public string Format(SeedStatistics statistics) => statistics.StandardDeviation is { } deviation
        ? $"{Format(statistics.Mean)} ± {Format(deviation)}"
        : Format(statistics.Mean);
}
