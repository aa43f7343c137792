using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class PearsonCorrelationTests
{
    [Fact]
    public void Worked_by_hand() =>
        // x = 1,2,3,4 and y = 1,3,2,6: deviations −1.5,−0.5,0.5,1.5 and −2,0,−1,3; Σxy = 7, Σx² = 5, Σy² = 14.
        Assert.Equal(7 / Math.Sqrt(5 * 14), new PearsonCorrelation().Compute(Given.Numbers([1, 2, 3, 4], [1, 3, 2, 6])), 12);

    [Fact]
    public void Scale_and_shift_do_not_matter() =>
        Assert.Equal(-1, new PearsonCorrelation().Compute(Given.Numbers([10, 8, 6], [1, 2, 3])), 12);

    [Fact]
    public void A_large_offset_does_not_spoil_the_precision() =>
        Assert.Equal(7 / Math.Sqrt(5 * 14), new PearsonCorrelation().Compute(Given.Numbers([1000001, 1000002, 1000003, 1000004], [1, 3, 2, 6])), 12);

    [Fact]
    public void One_number_for_everything_is_zero()
    {
        // The mean of many 0.1f is not exactly 0.1f: rounding must not turn into a correlation.
        float[] constant = [.. Enumerable.Repeat(0.1f, 1001)], rising = [.. Enumerable.Range(0, 1001).Select(i => (float)i)];
        Assert.Equal(0, new PearsonCorrelation().Compute(Given.Numbers(constant, rising)));
        Assert.Equal(0, new PearsonCorrelation().Compute(Given.Numbers(rising, constant)));
    }

    [Fact]
    public void Classes_are_refused() =>
        Assert.Equal("The metric pearson needs numbers (regression), but the task gives predictions of one class out of 2. Use accuracy, macroF1 or microF1.",
            Assert.Throws<DecantException>(() => new PearsonCorrelation().Compute(Given.Binary)).Message);
}
