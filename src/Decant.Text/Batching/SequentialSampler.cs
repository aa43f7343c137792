namespace Decant.Text.Batching;

/// <summary>
/// Batches in file order, the same in every epoch. PKD's published code trains in this order, because its teacher
/// outputs are attached by position; it is here to repeat that.
/// </summary>
public sealed class SequentialSampler : IBatchSampler
{
    private readonly int[] _order;
    private readonly int _batchSize;

    /// <summary>Makes a sampler.</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="batchSize">Examples in a batch, 1 or more.</param>
    /// <param name="dropLast">Leaves out the last examples that do not fill a batch. Default false: they are a smaller batch.</param>
    /// <exception cref="DecantException">Fewer examples than a batch while the remainder is left out.</exception>
    public SequentialSampler(int count, int batchSize, bool dropLast = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        BatchesPerEpoch = BatchCount.Of(count, batchSize, dropLast);
        _batchSize = batchSize;
        _order = new int[dropLast ? BatchesPerEpoch * batchSize : count];
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch { get; }

    /// <inheritdoc/>
    public BatchPlan Epoch(int epoch) => BatchPlan.OfEqualSize(_order, _batchSize);
}
