using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

public class SpearmanCorrelationTests
{
    [Fact]
    public void Without_ties_it_follows_the_rank_differences() =>
        // Ranks 1,2,3,4,5 and 2,1,4,3,5: Σd² = 4, ρ = 1 − 6·4/(5·24).
        Assert.Equal(0.8, new SpearmanCorrelation().Compute(Given.Numbers([1, 2, 3, 4, 5], [20, 10, 40, 30, 99])), 12);

    [Fact]
    public void Ties_share_the_mean_of_their_ranks() =>
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: deviations −1.5, 0, 0, 1.5 and −1.5, −0.5, 0.5, 1.5; 4.5 / √(4.5·5).
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), new SpearmanCorrelation().Compute(Given.Numbers([1, 2, 2, 3], [1, 2, 3, 4])), 12);

    [Fact]
    public void Only_the_order_matters() =>
        Assert.Equal(1, new SpearmanCorrelation().Compute(Given.Numbers([0, 1, 2, 3], [0, 1, 100, 10000])), 12);

    [Fact]
    public void One_number_for_everything_is_zero() =>
        Assert.Equal(0, new SpearmanCorrelation().Compute(Given.Numbers([5, 5, 5], [1, 2, 3])));

    [Fact]
    public void Classes_are_refused() =>
        Assert.StartsWith("The metric spearman needs", Assert.Throws<DecantException>(() => new SpearmanCorrelation().Compute(Given.Binary)).Message);
}
