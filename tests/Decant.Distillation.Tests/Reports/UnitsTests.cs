using Decant.Distillation.Reports;

namespace Decant.Distillation.Tests.Reports;

public class UnitsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(950, "950")]
    [InlineData(999.99, "1.00K")]
    [InlineData(66_956_546, "67.0M")]
    [InlineData(109_483_778, "109M")]
    [InlineData(22.35e9, "22.4G")]
    public void Counts(double value, string text) => Assert.Equal(text, Units.Count(value));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(12_400_000, "12.4 MB")]
    [InlineData(437_935_112, "438 MB")]
    public void Sizes(double value, string text) => Assert.Equal(text, Units.Bytes(value));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.00085, "850 µs")]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(4.56, "4.56 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Durations(double value, string text) => Assert.Equal(text, Units.Seconds(value));

    [Theory]
    [InlineData(1.944, "1.94×")]
    [InlineData(9.996, "10.0×")]
    [InlineData(0.5, "0.500×")]
    public void Ratios(double value, string text) => Assert.Equal(text, Units.Ratio(value));

    [Theory]
    [InlineData(-0.01234, "-0.0123")]
    [InlineData(1234.4, "1234")]
    [InlineData(0.00001234, "1.23E-5")]
    public void Significant_digits(double value, string text) => Assert.Equal(text, Units.Significant(value));
}
