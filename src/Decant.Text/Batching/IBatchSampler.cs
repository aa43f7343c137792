namespace Decant.Text.Batching;

/// <summary>Decides which examples come together in a batch, and in which order. It has no state: any epoch can be asked for at any time.</summary>
public interface IBatchSampler
{
    /// <summary>Batches in an epoch; the same for every epoch.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>The batches of an epoch.</summary>
    /// <param name="epoch">0, 1, …</param>
    BatchPlan Epoch(int epoch);
}
