using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class TickLabelsTests
{
    [Theory]
    [InlineData(AxisUnit.Number, new[] { 0, 0.5, 1 }, new[] { "0", "0.5", "1.0" })]
    [InlineData(AxisUnit.Number, new[] { 72.5, 75, 77.5 }, new[] { "72.5", "75.0", "77.5" })]
    [InlineData(AxisUnit.Number, new[] { 0, 1e-5, 2.5e-5 }, new[] { "0", "1e-5", "2.5e-5" })]
    [InlineData(AxisUnit.Count, new[] { 0.0, 1000, 2000 }, new[] { "0", "1000", "2000" })]
    [InlineData(AxisUnit.Count, new[] { 5e6, 1e7, 1.25e7 }, new[] { "5M", "10M", "12.5M" })]
    [InlineData(AxisUnit.Seconds, new[] { 0.02, 0.04 }, new[] { "20 ms", "40 ms" })]
    [InlineData(AxisUnit.Seconds, new[] { 0.5, 1.0 }, new[] { "0.5 s", "1 s" })]
    [InlineData(AxisUnit.Seconds, new[] { 0, 5e-5 }, new[] { "0", "50 µs" })]
    public void Labels_share_unit_and_decimals(AxisUnit unit, double[] ticks, string[] labels) => Assert.Equal(labels, TickLabels.Of(ticks, unit));
}
