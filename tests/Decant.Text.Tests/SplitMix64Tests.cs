namespace Decant.Text.Tests;

public class SplitMix64Tests
{
    [Fact]
    public void GivesThePublishedNumbers()
    {
        // First outputs for seed 1234567 of the public-domain reference splitmix64.c.
        var random = new SplitMix64(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void BoundedNumbersAreEven()
    {
        var random = SplitMix64.For(7, 1, 0);
        var counts = new int[6];
        for (int i = 0; i < 60_000; i++) counts[random.Next(6)]++;
        double chiSquare = counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000.0);
        Assert.True(chiSquare < 20.5, $"chi-square {chiSquare} with 5 degrees of freedom has p < 0.001");
    }

    [Fact]
    public void StreamsOfOtherPurposesAndCountersDiffer()
    {
        ulong[] first = [SplitMix64.For(1, 1, 0).Next(), SplitMix64.For(1, 1, 1).Next(), SplitMix64.For(1, 2, 0).Next(), SplitMix64.For(2, 1, 0).Next()];
        Assert.Equal(4, first.Distinct().Count());
    }
}
