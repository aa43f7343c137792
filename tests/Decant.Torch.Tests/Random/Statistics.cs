namespace Decant.Torch.Tests.Random;

/// <summary>Bounds for random figures. Seeds are fixed, so a test that passes once passes always.</summary>
internal static class Statistics
{
    /// <summary>Refuses counts that are too far from even, or too near to be random: five standard deviations of χ² either way.</summary>
    public static void AssertUniform(ReadOnlySpan<long> counts, string what)
    {
        double expected = 0, square = 0;
        foreach (long count in counts) expected += count / (double)counts.Length;
        foreach (long count in counts) square += (count - expected) * (count - expected) / expected;
        double freedom = counts.Length - 1, deviations = (square - freedom) / Math.Sqrt(2 * freedom);
        Assert.True(Math.Abs(deviations) < 5, $"{what}: χ² {square:F1} with {freedom} degrees of freedom is {deviations:F1} standard deviations off");
    }

    /// <summary>Refuses a correlation between x[i] and y[i] beyond five standard deviations of chance.</summary>
    public static void AssertUncorrelated(ReadOnlySpan<float> x, ReadOnlySpan<float> y, string what)
    {
        double mx = Mean(x), my = Mean(y), xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (double a, double b) = (x[i] - mx, y[i] - my);
            (xy, xx, yy) = (xy + a * b, xx + a * a, yy + b * b);
        }
        double deviations = xy / Math.Sqrt(xx * yy) * Math.Sqrt(x.Length);
        Assert.True(Math.Abs(deviations) < 5, $"{what}: correlated by {deviations:F1} standard deviations");
    }

    public static double Mean(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x) sum += value;
        return sum / x.Length;
    }

    /// <summary>Mean of (x − centre)ᵖ.</summary>
    public static double Moment(ReadOnlySpan<float> x, double centre, int power)
    {
        double sum = 0;
        foreach (float value in x) sum += Math.Pow(value - centre, power);
        return sum / x.Length;
    }
}
