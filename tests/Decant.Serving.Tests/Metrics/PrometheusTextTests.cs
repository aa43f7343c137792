using System.Diagnostics.Metrics;
using Decant.Serving.Metrics;

namespace Decant.Serving.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Names_carry_unit_and_kind()
    {
        using var meter = new Meter("test");
        Assert.Equal("a_b_seconds", PrometheusText.Name(meter.CreateHistogram<double>("a.b", "s"), isCounter: false));
        Assert.Equal("a_b_bytes_total", PrometheusText.Name(meter.CreateCounter<long>("a.b", "By"), isCounter: true));
        Assert.Equal("a_requests_total", PrometheusText.Name(meter.CreateCounter<long>("a.requests", "{request}"), isCounter: true));
    }

    [Fact]
    public void Labels_are_escaped() =>
        Assert.Equal("""a_b="x \"y\" \\ \nz",n="5" """.Trim(), PrometheusText.Labels([new("a.b", "x \"y\" \\ \nz"), new("n", 5)]));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1E+21")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_are_invariant(double number, string text) => Assert.Equal(text, PrometheusText.Number(number));
}
