using Decant.Text.Batching;

namespace Decant.Text.Tests.Batching;

public class TokenBudgetSamplerTests
{
    [Fact]
    public void FillsRectanglesLongestFirst()
    {
        BatchPlan plan = new TokenBudgetSampler([5, 2, 10, 2, 4], tokens: 12).Epoch(0);
        Assert.Equal([[2], [0, 4], [1, 3]], Enumerable.Range(0, plan.Count).Select(b => plan[b].ToArray()));
    }

    [Fact]
    public void CountsChoicesAndHonoursTheMostExamples()
    {
        int[] lengths = [.. Enumerable.Repeat(10, 100)];
        BatchPlan withChoices = new TokenBudgetSampler(lengths, choices: 4, tokens: 80).Epoch(0);
        Assert.Equal((50, 2), (withChoices.Count, withChoices[0].Length));
        BatchPlan capped = new TokenBudgetSampler(lengths, maxExamples: 30).Epoch(0);
        Assert.Equal([30, 30, 30, 10], Enumerable.Range(0, capped.Count).Select(b => capped[b].Length));
    }

    [Fact]
    public void AnExampleBeyondTheBudgetIsABatchOfItsOwn()
    {
        BatchPlan plan = new TokenBudgetSampler([500, 400, 3], tokens: 100).Epoch(0);
        Assert.Equal([[0], [1], [2]], Enumerable.Range(0, plan.Count).Select(b => plan[b].ToArray()));
    }

    [Fact]
    public void ResultsWrittenByIndexAreInTheOriginalOrder()
    {
        EncodedDataSet data = TestData.OfWords(Enumerable.Range(0, 300).Select(i => 1 + i * 7919 % 40));
        var sampler = new TokenBudgetSampler(data.ExampleLengths(), tokens: 256);
        var builder = new TokenBatchBuilder(data);
        var results = new string?[data.Count];
        BatchPlan plan = sampler.Epoch(0);
        for (int b = 0; b < plan.Count; b++)
        {
            TokenBatch batch = builder.Build(plan[b]);
            Assert.True(batch.Sequences * batch.Length <= 256);
            for (int i = 0; i < batch.Examples; i++) results[batch.ExampleIndices[i]] = batch.ExampleIds[i];
        }
        Assert.Equal(data.Data.Examples.Select(e => e.Id), results);
    }
}
