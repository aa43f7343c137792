using Decant.Text.Batching;

namespace Decant.Text.Tests.Batching;

public class LengthBucketedSamplerTests
{
    private static int[] Lengths(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 3 + (int)(random.NextDouble() * random.NextDouble() * 60))];
    }

    private static int[] Flat(BatchPlan plan) => [.. Enumerable.Range(0, plan.Count).SelectMany(b => plan[b].ToArray())];

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 32, 64 }, { 31, 32, 64 }, { 32, 32, 1 }, { 33, 32, 2 }, { 1000, 7, 3 }, { 1000, 32, 64 }, { 4096, 32, 1000000 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void EveryExampleComesOnceAnEpoch(int count, int batchSize, int window)
    {
        var sampler = new LengthBucketedSampler(Lengths(count), batchSize, seed: 5, windowBatches: window);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            BatchPlan plan = sampler.Epoch(epoch);
            Assert.Equal(sampler.BatchesPerEpoch, plan.Count);
            Assert.Equal(Enumerable.Range(0, count), Flat(plan).Order());
            int smaller = Enumerable.Range(0, plan.Count).Count(b => plan[b].Length != batchSize);
            Assert.Equal(count % batchSize == 0 ? 0 : 1, smaller);
        }
    }

    [Fact]
    public void TheSameSeedAndEpochGiveTheSameOrder()
    {
        int[] lengths = Lengths(500);
        var sampler = new LengthBucketedSampler(lengths, 16, seed: 5);
        int[] third = Flat(sampler.Epoch(3));
        Assert.Equal(third, Flat(new LengthBucketedSampler(lengths, 16, seed: 5).Epoch(3)));
        Assert.NotEqual(third, Flat(sampler.Epoch(4)));
        Assert.NotEqual(third, Flat(new LengthBucketedSampler(lengths, 16, seed: 6).Epoch(3)));
    }

    [Fact]
    public void AResumedRunGoesOnAtItsBatch()
    {
        int[] lengths = Lengths(300);
        var whole = new LengthBucketedSampler(lengths, 16, seed: 9);
        var seen = new List<int[]>();
        for (int epoch = 0; epoch < 3; epoch++)
            for (int b = 0; b < whole.BatchesPerEpoch; b++) seen.Add(whole.Epoch(epoch)[b].ToArray());

        // Another process, which knows only that batch 7 of epoch 1 is next.
        BatchPlan rest = new LengthBucketedSampler(lengths, 16, seed: 9).Epoch(1);
        for (int b = 7; b < rest.Count; b++) Assert.Equal(seen[whole.BatchesPerEpoch + b], rest[b].ToArray());
    }

    [Fact]
    public void TheOrderIsPinned()
    {
        // A changed order would make old runs impossible to repeat or to resume.
        var sampler = new LengthBucketedSampler([5, 3, 9, 4, 4, 7, 3, 8, 6, 5], 3, seed: 42, windowBatches: 2);
        Assert.Equal(Pinned, string.Join(' ', Enumerable.Range(0, 4).Select(b => string.Join(',', sampler.Epoch(1)[b].ToArray()))));
    }

    private const string Pinned = "2 6,1,4 3,0,5 9,8,7";

    [Fact]
    public void DropLastLeavesOutOthersEveryEpochAndNotTheLongest()
    {
        int[] lengths = Lengths(1000);
        var sampler = new LengthBucketedSampler(lengths, 32, seed: 2, dropLast: true, windowBatches: 1000);
        Assert.Equal(31, sampler.BatchesPerEpoch);
        var dropped = new List<int>();
        for (int epoch = 0; epoch < 50; epoch++)
        {
            int[] flat = Flat(sampler.Epoch(epoch));
            Assert.Equal(992, flat.Distinct().Count());
            dropped.AddRange(Enumerable.Range(0, 1000).Except(flat));
        }
        Assert.True(dropped.Distinct().Count() > 300, $"only {dropped.Distinct().Count()} different examples were left out");
        Assert.InRange(dropped.Average(i => lengths[i]), lengths.Average() * 0.85, lengths.Average() * 1.15);
    }

    [Fact]
    public void DropLastNeedsOneFullBatch()
    {
        var error = Assert.Throws<DecantException>(() => new LengthBucketedSampler(Lengths(5), 8, 1, dropLast: true));
        Assert.Equal("5 examples do not fill one batch of 8, and incomplete batches are dropped. Use a smaller batch or keep the last one.", error.Message);
    }

    [Fact]
    public void LongAndShortBatchesAreMixed()
    {
        int[] lengths = Lengths(6400);
        BatchPlan plan = new LengthBucketedSampler(lengths, 32, seed: 3).Epoch(0);
        double[] means = [.. Enumerable.Range(0, plan.Count).Select(b => plan[b].ToArray().Average(i => lengths[i]))];
        double firstHalf = means[..100].Average(), secondHalf = means[100..].Average();
        Assert.InRange(firstHalf / secondHalf, 0.8, 1.25);
        Assert.True(means.Max() > 3 * means.Min(), "batches should differ in length");
    }

    [Fact]
    public void APlainShuffleIsAWindowOfOneBatch()
    {
        int[] lengths = Lengths(6400);
        BatchPlan plan = new LengthBucketedSampler(lengths, 32, seed: 3, windowBatches: 1).Epoch(0);
        double spread = Enumerable.Range(0, plan.Count).Average(b => plan[b].ToArray().Max(i => lengths[i]) - plan[b].ToArray().Min(i => lengths[i]));
        Assert.True(spread > 35, $"a shuffled batch spans most lengths, this one {spread}");
    }
}
