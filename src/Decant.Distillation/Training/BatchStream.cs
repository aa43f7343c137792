using Decant.Distillation.Recipes;
using Decant.Text.Batching;

namespace Decant.Distillation.Training;

/// <summary>The batches of a stage by their number: which examples, in which order, depends on seed and number alone.</summary>
public sealed class BatchStream
{
    private readonly IBatchSampler sampler;
    private readonly TokenBatchBuilder builder;
    private readonly int parts;
    private BatchPlan? plan;
    private long planEpoch = -1;
    private TokenBatch? reuse;

    /// <summary>Prepares the order.</summary>
    /// <param name="data">The training split.</param>
    /// <param name="stage">Batch size, shuffling, bucketing, padding.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="padId">Id of the padding token.</param>
    public BatchStream(EncodedDataSet data, StageOptions stage, int seed, int padId = 0)
    {
        sampler = stage.Shuffle
            ? new LengthBucketedSampler(data.ExampleLengths(), stage.BatchSize, seed, stage.DropLast, stage.Bucket ? LengthBucketedSampler.DefaultWindowBatches : 1)
            : new SequentialSampler(data.Count, stage.BatchSize, stage.DropLast);
        builder = new TokenBatchBuilder(data, padId, padToAtLeast: stage.Padding == PaddingMode.MaxLength ? data.MaxLength : 0);
        parts = stage.Accumulate;
    }

    /// <summary>Examples of a batch.</summary>
    /// <param name="update">From 0.</param>
    public int Examples(long update) => PlanOf(update)[IndexOf(update)].Length;

    /// <summary>A batch, cut into the stage's number of parts. Each part is valid until the next is taken.</summary>
    /// <param name="update">From 0.</param>
    public IEnumerable<TokenBatch> Parts(long update)
    {
        int examples = Examples(update), size = (examples + parts - 1) / parts;
        for (int start = 0; start < examples; start += size)
        {
            reuse = builder.Build(PlanOf(update)[IndexOf(update)].Slice(start, Math.Min(size, examples - start)), reuse);
            yield return reuse;
        }
    }

    private int IndexOf(long update) => (int)(update % sampler.BatchesPerEpoch);

    private BatchPlan PlanOf(long update)
    {
        long epoch = update / sampler.BatchesPerEpoch;
        if (epoch != planEpoch) (plan, planEpoch) = (sampler.Epoch((int)epoch), epoch);
        return plan!;
    }
}
