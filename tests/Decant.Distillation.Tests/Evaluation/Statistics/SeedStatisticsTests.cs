using Decant.Distillation.Evaluation.Statistics;

namespace Decant.Distillation.Tests.Evaluation.Statistics;

public class SeedStatisticsTests
{
    [Fact]
    public void Worked_by_hand()
    {
        // Mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, over n − 1 = 7.
        var statistics = new SeedStatistics(2, 4, 4, 4, 5, 5, 7, 9);
        Assert.Equal(8, statistics.Count);
        Assert.Equal(5, statistics.Mean, 12);
        Assert.Equal(Math.Sqrt(32 / 7.0), statistics.StandardDeviation!.Value, 12);
        Assert.Equal((2, 9), (statistics.Min, statistics.Max));
        Assert.Equal((9, 2), (statistics.Best(), statistics.Best(higherIsBetter: false)));
    }

    [Fact]
    public void One_seed_has_no_deviation() => Assert.Null(new SeedStatistics(0.9).StandardDeviation);

    [Fact]
    public void Equal_seeds_deviate_by_zero() => Assert.Equal(0, new SeedStatistics(3, 3).StandardDeviation);

    [Fact]
    public void Nothing_and_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SeedStatistics());
        Assert.Throws<ArgumentException>(() => new SeedStatistics(1, double.NaN));
    }

    [Fact]
    public void Equality_is_by_value() => Assert.Equal(new SeedStatistics(1, 2), new SeedStatistics(1, 2));
}
