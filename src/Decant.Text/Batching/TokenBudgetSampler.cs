namespace Decant.Text.Batching;

/// <summary>
/// Batches for evaluation and prediction: examples sorted by length, as many in a batch as its padded rectangle has
/// room for. The longest come first, so that a lack of memory shows at once. Write results to the place that
/// <see cref="TokenBatch.ExampleIndices"/> names and they are in the order of the data set again.
/// </summary>
public sealed class TokenBudgetSampler : IBatchSampler
{
    /// <summary>Default of <c>tokens</c>: 128 sequences of 64 tokens.</summary>
    public const int DefaultTokens = 8192;

    private readonly BatchPlan _plan;

    /// <summary>Makes a sampler.</summary>
    /// <param name="lengths">Length of every example in tokens, as <see cref="EncodedDataSet.ExampleLengths"/> gives them.</param>
    /// <param name="choices">Sequences per example. Default 1.</param>
    /// <param name="tokens">Most tokens in a batch, padding included; one example is always allowed. Default <see cref="DefaultTokens"/>.</param>
    /// <param name="maxExamples">Most examples in a batch. Default 512.</param>
    public TokenBudgetSampler(int[] lengths, int choices = 1, int tokens = DefaultTokens, int maxExamples = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(choices, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxExamples, 1);
        var keys = new long[lengths.Length];
        var order = new int[lengths.Length];
        for (int i = 0; i < keys.Length; i++) (keys[i], order[i]) = (((long)-lengths[i] << 32) + i, i);
        Array.Sort(keys, order);
        var starts = new List<int> { 0 };
        for (int i = 1; i < order.Length; i++)
        {
            int first = starts[^1];
            long rectangle = (i + 1L - first) * choices * lengths[order[first]];
            if (rectangle > tokens || i - first == maxExamples) starts.Add(i);
        }
        if (order.Length > 0) starts.Add(order.Length);
        _plan = new BatchPlan(order, [.. starts]);
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch => _plan.Count;

    /// <inheritdoc/>
    public BatchPlan Epoch(int epoch) => _plan;
}
