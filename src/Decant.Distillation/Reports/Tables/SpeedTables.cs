using System.Globalization;
using Decant.Distillation.Speed;

namespace Decant.Distillation.Reports.Tables;

/// <summary>A FastBERT's speed curve as tables.</summary>
public static class SpeedTables
{
    /// <summary>Score, layers, operations and throughput for each speed.</summary>
    /// <param name="curve">The figures.</param>
    public static TextTable Costs(SpeedCurve curve)
    {
        var score = ScoreColumn.Of(curve.BestMetric);
        return new TextTable(
            ["Speed", Labels.Of(curve.BestMetric), "Layers", "FLOPs", "FLOPs saved", .. curve.BatchSizes.Select(size => $"Texts/s, batch {size.ToString(CultureInfo.InvariantCulture)}")],
            [.. (curve.Baseline is { } plain ? [plain, .. curve.Points] : curve.Points).Select(point => (IReadOnlyList<TextCell>)
            [
                new(point == curve.Baseline ? "without branches" : Text(point.Speed)), new(score.Format(curve.Score(point))), new(Units.Significant(point.MeanLayers)),
                new(Units.Count(point.Flops)), new(Units.Ratio(curve.BertFlops / point.Flops)),
                .. point.TextsPerSecond.Select((rate, i) => new TextCell($"{Units.Significant(rate)} ({Units.Ratio(rate / curve.Reference.TextsPerSecond[i])})")),
            ])]);
    }

    /// <summary>The share of texts that left at each layer, in percent.</summary>
    /// <param name="curve">The figures.</param>
    public static TextTable Exits(SpeedCurve curve) => new(
        ["Speed", .. Enumerable.Range(1, curve.Layers).Select(layer => $"L{layer.ToString(CultureInfo.InvariantCulture)}")],
        [.. curve.Points.Select(point => (IReadOnlyList<TextCell>)
        [
            new(Text(point.Speed)), .. point.ExitShares(curve.Layers).Select(share => new TextCell((share * 100).ToString("0", CultureInfo.InvariantCulture) + "%")),
        ])]);

    internal static string Text(double speed) => speed.ToString("0.####", CultureInfo.InvariantCulture);
}
