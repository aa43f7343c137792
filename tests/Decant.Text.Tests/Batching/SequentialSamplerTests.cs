using Decant.Text.Batching;

namespace Decant.Text.Tests.Batching;

public class SequentialSamplerTests
{
    [Fact]
    public void KeepsTheFileOrderInEveryEpoch()
    {
        var sampler = new SequentialSampler(7, 3);
        Assert.Equal(3, sampler.BatchesPerEpoch);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            BatchPlan plan = sampler.Epoch(epoch);
            Assert.Equal([0, 1, 2], plan[0].ToArray());
            Assert.Equal([3, 4, 5], plan[1].ToArray());
            Assert.Equal([6], plan[2].ToArray());
        }
    }

    [Fact]
    public void DropLastLeavesOutTheRemainder()
    {
        BatchPlan plan = new SequentialSampler(7, 3, dropLast: true).Epoch(0);
        Assert.Equal((2, 6), (plan.Count, plan.Examples));
    }
}
