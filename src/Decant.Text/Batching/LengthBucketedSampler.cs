namespace Decant.Text.Batching;

/// <summary>
/// Batches of a fixed number of examples of similar length, so that little is padded. An epoch is shuffled, cut into
/// windows of many batches, sorted by length inside each window, cut into batches, and the batches are shuffled.
/// Every example comes once an epoch. The order depends only on the lengths, the seed, the epoch and the options.
/// </summary>
public sealed class LengthBucketedSampler : IBatchSampler
{
    /// <summary>Default of <c>windowBatches</c>: pads little and still mixes well.</summary>
    public const int DefaultWindowBatches = 64;

    private const ulong OrderStream = 0x6F72646572; // "order"

    private readonly int[] _lengths;
    private readonly int _batchSize, _windowBatches;
    private readonly long _seed;
    private readonly bool _dropLast;

    /// <summary>Makes a sampler.</summary>
    /// <param name="lengths">Length of every example in tokens, as <see cref="EncodedDataSet.ExampleLengths"/> gives them.</param>
    /// <param name="batchSize">Examples in a batch, 1 or more.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="dropLast">Leaves out the remainder that does not fill a batch: other examples every epoch. Default false: the remainder is a smaller batch.</param>
    /// <param name="windowBatches">Batches in a window, 1 or more. 1 is a plain shuffle. Default <see cref="DefaultWindowBatches"/>.</param>
    /// <exception cref="DecantException">Fewer examples than a batch while the remainder is left out.</exception>
    public LengthBucketedSampler(int[] lengths, int batchSize, long seed, bool dropLast = false, int windowBatches = DefaultWindowBatches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBatches, 1);
        (_lengths, _batchSize, _seed, _dropLast, _windowBatches) = (lengths, batchSize, seed, dropLast, windowBatches);
        BatchesPerEpoch = BatchCount.Of(lengths.Length, batchSize, dropLast);
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch { get; }

    /// <inheritdoc/>
    public BatchPlan Epoch(int epoch)
    {
        var random = SplitMix64.For(_seed, OrderStream, epoch);
        var order = new int[_lengths.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        random.Shuffle<int>(order);
        // The remainder is cut off before sorting: after it, the longest would be the ones to go.
        Span<int> kept = order.AsSpan(0, _dropLast ? BatchesPerEpoch * _batchSize : order.Length);
        long window = Math.Min((long)_windowBatches * _batchSize, kept.Length);
        for (int start = 0; start < kept.Length; start += (int)window)
            SortByLength(kept.Slice(start, (int)Math.Min(window, kept.Length - start)));
        return ShuffleBatches(kept, ref random);
    }

    private void SortByLength(Span<int> window)
    {
        // Equal lengths keep their shuffled order: the place in the window is the lower half of the key.
        var keys = new long[window.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = ((long)_lengths[window[i]] << 32) | (uint)i;
        keys.AsSpan().Sort(window);
    }

    private BatchPlan ShuffleBatches(ReadOnlySpan<int> sorted, ref SplitMix64 random)
    {
        var batches = new int[BatchesPerEpoch];
        for (int b = 0; b < batches.Length; b++) batches[b] = b;
        random.Shuffle<int>(batches);
        var examples = new int[sorted.Length];
        var starts = new int[batches.Length + 1];
        for (int b = 0, at = 0; b < batches.Length; b++)
        {
            int from = batches[b] * _batchSize;
            ReadOnlySpan<int> batch = sorted[from..Math.Min(from + _batchSize, sorted.Length)];
            batch.CopyTo(examples.AsSpan(at));
            starts[b + 1] = at += batch.Length;
        }
        return new BatchPlan(examples, starts);
    }
}
