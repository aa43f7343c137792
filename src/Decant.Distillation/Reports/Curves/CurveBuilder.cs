using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Reports.Curves;

/// <summary>
/// Turns logged values into the lines of a chart by epoch, which other batch sizes and other data share: long logs are averaged into at most <see cref="MaxPoints"/> equal
/// stretches, and the seeds of a system into one line of means with a band of one standard deviation.
/// </summary>
internal static class CurveBuilder
{
    /// <summary>More points than this are averaged.</summary>
    public const int MaxPoints = 40;

    /// <summary>One line a system that logged the value.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="curve">The value.</param>
    /// <param name="slots">The colour of each system.</param>
    /// <param name="scale">The values are multiplied by this.</param>
    public static IReadOnlyList<LineSeries> Build(IReadOnlyList<ReportRun> runs, CurveName curve, IReadOnlyDictionary<string, int> slots, double scale = 1)
    {
        var logged = runs.Select(run => (run.System, Points: Logged(run, curve, scale))).Where(run => run.Points.Count > 0).ToList();
        var stretches = Stretches(logged.SelectMany(run => run.Points).Select(point => point.X));
        return
        [
            .. logged.GroupBy(run => run.System, StringComparer.Ordinal)
                .Select(system => new LineSeries(system.Key, slots[system.Key], OverSeeds([.. system.Select(run => Thin(run.Points, stretches))])))
                .OrderBy(series => series.Slot < 0 ? 0 : 1),
        ];
    }

    private static List<(double X, double Y)> Logged(ReportRun run, CurveName curve, double scale) =>
    [
        .. from entry in run.Entries
           where entry.Kind == curve.Kind
           let value = entry.Value(curve.Name)
           where value is not null
           select (Math.Round(entry.Epoch, 6), value.Value * scale),
    ];

    /// <summary>The stretch that a place belongs to; each place by itself where there are few.</summary>
    private static Func<double, double> Stretches(IEnumerable<double> xs)
    {
        double[] distinct = [.. xs.Distinct()];
        if (distinct.Length <= MaxPoints) return x => x;
        double min = distinct.Min(), width = (distinct.Max() - min) / MaxPoints;
        return x => Math.Min(MaxPoints - 1, Math.Floor((x - min) / width));
    }

    /// <summary>Means by stretch, keyed by what seeds share; a stretch without a finite value breaks the line.</summary>
    private static SortedDictionary<double, (double X, double Y)> Thin(List<(double X, double Y)> points, Func<double, double> stretchOf)
    {
        var means = points.GroupBy(point => stretchOf(point.X)).ToDictionary(stretch => stretch.Key, stretch =>
        {
            double[] finite = [.. stretch.Select(point => point.Y).Where(double.IsFinite)];
            return (stretch.Average(point => point.X), finite.Length == 0 ? double.NaN : finite.Average());
        });
        return new SortedDictionary<double, (double X, double Y)>(means);
    }

    /// <summary>Mean and deviation where all seeds have a point; where they share none (other batch sizes, say), the first seed alone.</summary>
    private static LinePoint[] OverSeeds(IReadOnlyList<SortedDictionary<double, (double X, double Y)>> seeds)
    {
        double[] shared = [.. seeds[0].Keys.Where(key => seeds.All(seed => seed.ContainsKey(key)))];
        if (shared.Length == 0) return [.. seeds[0].Values.Select(point => new LinePoint(point.X, point.Y))];
        return [.. shared.Select(key =>
        {
            double x = seeds.Average(seed => seed[key].X);
            double[] ys = [.. seeds.Select(seed => seed[key].Y)];
            if (!ys.All(double.IsFinite)) return new LinePoint(x, double.NaN);
            var statistics = new SeedStatistics(ys);
            return new LinePoint(x, statistics.Mean, statistics.StandardDeviation ?? 0);
        })];
    }
}
