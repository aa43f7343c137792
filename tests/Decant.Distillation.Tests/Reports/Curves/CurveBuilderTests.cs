using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Curves;
using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Tests.Reports.Curves;

public class CurveBuilderTests
{
    private static readonly CurveName Loss = new(MetricsKind.Train, "loss/total");
    private static readonly Dictionary<string, int> Slots = new() { ["KD"] = 0, ["PKD"] = 1, ["T"] = Palette.Neutral };

    private static ReportRun Run(string system, params (long Step, double Value)[] points) => new()
    {
        System = system,
        Entries = [.. points.Select(p => new MetricsEntry { Step = p.Step, Epoch = p.Step, Time = default, Kind = MetricsKind.Train, Values = [new("loss/total", p.Value)] })],
    };

    [Fact]
    public void One_run_is_shown_as_it_was_logged()
    {
        var series = Assert.Single(CurveBuilder.Build([Run("KD", (10, 1), (20, 0.5))], Loss, Slots, scale: 100));
        Assert.Equal(("KD", 0), (series.Name, series.Slot));
        Assert.Equal([new LinePoint(10, 100), new LinePoint(20, 50)], series.Points);
    }

    [Fact]
    public void Seeds_become_a_mean_with_a_deviation()
    {
        var series = Assert.Single(CurveBuilder.Build([Run("KD", (10, 1), (20, 4)), Run("KD", (10, 3), (20, 4))], Loss, Slots));
        Assert.Equal([new LinePoint(10, 2, Math.Sqrt(2)), new LinePoint(20, 4, 0)], series.Points);
    }

    [Fact]
    public void Only_places_that_all_seeds_reached_count() =>
        Assert.Equal([10], CurveBuilder.Build([Run("KD", (10, 1), (20, 4)), Run("KD", (10, 3))], Loss, Slots)[0].Points.Select(p => p.X));

    [Fact]
    public void Seeds_without_a_common_place_show_the_first() =>
        Assert.Equal([10, 20], CurveBuilder.Build([Run("KD", (10, 1), (20, 4)), Run("KD", (15, 3))], Loss, Slots)[0].Points.Select(p => p.X));

    [Fact]
    public void The_teacher_is_drawn_first_and_other_values_are_ignored()
    {
        var other = Run("PKD", (10, 1)) with { Entries = [new MetricsEntry { Step = 10, Epoch = 0, Time = default, Kind = MetricsKind.Eval, Values = [new("loss/total", 1)] }] };
        var series = CurveBuilder.Build([Run("KD", (10, 1)), other, Run("T", (10, 2))], Loss, Slots);
        Assert.Equal(["T", "KD"], series.Select(s => s.Name));
    }

    [Fact]
    public void A_long_log_is_averaged_over_equal_stretches()
    {
        var run = Run("KD", [.. Enumerable.Range(1, 1000).Select(step => ((long)step, (double)step))]);
        var points = CurveBuilder.Build([run], Loss, Slots)[0].Points;
        Assert.Equal(CurveBuilder.MaxPoints, points.Count);
        Assert.All(points, point => Assert.Equal(point.X, point.Y, 9)); // The mean of a straight line lies on it.
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.InRange(pair.Second.X - pair.First.X, 24, 26)); // The last stretch is as long as the others.
    }

    [Fact]
    public void A_diverged_stretch_is_a_gap_and_a_single_bad_value_is_not()
    {
        Assert.True(double.IsNaN(CurveBuilder.Build([Run("KD", (1, 1), (2, double.NaN))], Loss, Slots)[0].Points[1].Y));
        var run = Run("KD", [.. Enumerable.Range(1, 1000).Select(step => ((long)step, step == 500 ? double.PositiveInfinity : 1.0))]);
        Assert.All(CurveBuilder.Build([run], Loss, Slots)[0].Points, point => Assert.Equal(1, point.Y));
    }

    [Fact]
    public void Values_are_placed_by_epoch()
    {
        var run = new ReportRun { System = "KD", Entries = [new MetricsEntry { Step = 77, Epoch = 1, Time = default, Kind = MetricsKind.Eval, Values = [new("accuracy", 0.9)] }] };
        Assert.Equal([new LinePoint(1, 0.9)], CurveBuilder.Build([run], new CurveName(MetricsKind.Eval, "accuracy"), Slots)[0].Points);
    }
}
