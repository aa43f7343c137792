using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class NiceTicksTests
{
    [Theory]
    [InlineData(0, 10, 5, 2)]
    [InlineData(0, 1, 5, 0.2)]
    [InlineData(74.2, 86.5, 5, 2.5)]
    [InlineData(0, 0.0043, 5, 0.001)]
    [InlineData(0, 4000, 6, 1000)]
    [InlineData(-3, 3, 3, 2)]
    public void Steps_are_ones_twos_and_fives(double min, double max, int target, double step) =>
        Assert.Equal(step, NiceTicks.Step(min, max, target), 12);

    [Fact]
    public void Ticks_are_the_numbers_themselves_without_rounding_noise() =>
        Assert.Equal([0, 0.1, 0.2, 0.3], NiceTicks.Linear(-0.05, 0.31, 0.1));

    [Fact]
    public void A_range_is_widened_to_whole_steps() => Assert.Equal((72.5, 87.5), NiceTicks.Widen(74.2, 86.5, 2.5));

    [Fact]
    public void A_range_of_whole_steps_stays() => Assert.Equal((0.1, 0.3), NiceTicks.Widen(0.1, 0.3, 0.1));

    [Theory]
    [InlineData(3e6, 1.2e8, new[] { 5e6, 1e7, 2e7, 5e7, 1e8 })]
    [InlineData(1e-5, 1e3, new[] { 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3 })]
    [InlineData(6e6, 6.9e6, new[] { 6e6, 6.2e6, 6.4e6, 6.6e6, 6.8e6 })]
    public void Logarithmic(double min, double max, double[] expected)
    {
        double[] ticks = NiceTicks.Logarithmic(min, max, 6);
        Assert.Equal(expected.Length, ticks.Length);
        for (int i = 0; i < ticks.Length; i++) Assert.Equal(1, ticks[i] / expected[i], 9);
    }

    [Fact]
    public void Any_range_gets_a_few_ticks_inside_it()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            double min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9)), max = min + random.NextDouble() * Math.Pow(10, random.Next(-3, 9)) + 1e-6 * Math.Abs(min) + 1e-12;
            double step = NiceTicks.Step(min, max, 5);
            double[] ticks = NiceTicks.Linear(min, max, step);
            Assert.InRange(ticks.Length, 1, 7);
            Assert.All(ticks, tick => Assert.InRange(tick, min - step * 1e-6, max + step * 1e-6));
            var (low, high) = NiceTicks.Widen(min, max, step);
            Assert.True(low <= min + step * 1e-6 && high >= max - step * 1e-6);
        }
    }
}
