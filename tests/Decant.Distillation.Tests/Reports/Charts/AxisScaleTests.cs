using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class AxisScaleTests
{
    private static readonly Axis Linear = new("x"), Logarithmic = new("x", IsLogarithmic: true);

    [Fact]
    public void Linear_scales_map_ends_to_ends()
    {
        var scale = AxisScale.Over(Linear, [2, 4], from: 100, to: 300, target: 5);
        Assert.Equal([100, 200, 300], new[] { 2.0, 3, 4 }.Select(scale.At));
    }

    [Fact]
    public void Logarithmic_scales_make_ratios_distances()
    {
        var scale = AxisScale.Over(Logarithmic, [1, 100], 0, 200, 5);
        Assert.Equal([0, 100, 200], new[] { 1.0, 10, 100 }.Select(v => Math.Round(scale.At(v), 9)));
    }

    [Fact]
    public void Vertical_scales_may_run_downwards() => Assert.Equal(10, AxisScale.Over(Linear, [0, 10], 110, 10, 5).At(10));

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1e-9)]
    public void One_value_stands_in_the_middle(double value) => Assert.Equal(50, AxisScale.Over(Linear, [value, value], 0, 100, 5).At(value), 6);

    [Fact]
    public void No_value_and_no_number_do_no_harm()
    {
        foreach (double[] values in new double[][] { [], [double.NaN, double.PositiveInfinity], [double.NaN, 3] })
        {
            Assert.NotEmpty(AxisScale.Over(Linear, values, 0, 100, 5).Ticks);
            Assert.True(double.IsFinite(AxisScale.Over(Logarithmic, values, 0, 100, 5).At(3)));
        }
    }

    [Fact]
    public void A_widened_scale_begins_and_ends_with_a_tick()
    {
        var scale = AxisScale.Over(Linear, [74.2, 86.5], 0, 100, 5, toTicks: true);
        Assert.Equal((0, 100), (scale.At(scale.Ticks[0]), scale.At(scale.Ticks[^1])));
        Assert.Equal(["72.5", "75.0", "77.5", "80.0", "82.5", "85.0", "87.5"], scale.Labels);
    }

    [Theory]
    [InlineData(1, 2, new[] { "1", "2" })]
    [InlineData(0, 4, new[] { "0", "1", "2", "3", "4" })]
    [InlineData(0, 0.5, new[] { "0", "0.1", "0.2", "0.3", "0.4", "0.5" })]
    public void Counts_have_whole_ticks_unless_there_would_be_none(double min, double max, string[] labels) =>
        Assert.Equal(labels, AxisScale.Over(new Axis("Epoch", AxisUnit.Count), [min, max], 0, 100, 6).Labels);
}
