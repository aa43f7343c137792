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
    private (long Update, TokenBatch[] Parts) current = (-1, []), next = (-1, []);
    private TokenBatch[] spare = [];

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

    /// <summary>A batch, cut into the stage's number of parts. They are valid until the batch after the next is taken.</summary>
    /// <param name="update">From 0.</param>
    public IReadOnlyList<TokenBatch> Parts(long update)
    {
        if (current.Update == update) return current.Parts;
        TokenBatch[] parts = Ahead(update);
        (spare, current, next) = (current.Parts, (update, parts), (-1, []));
        return parts;
    }

    /// <summary>The parts of the batch that is taken next, made beforehand.</summary>
    /// <param name="update">From 0.</param>
    public TokenBatch[] Ahead(long update)
    {
        if (next.Update != update) next = (update, Build(update));
        return next.Parts;
    }

    private TokenBatch[] Build(long update)
    {
        ReadOnlySpan<int> examples = PlanOf(update)[IndexOf(update)];
        int size = (examples.Length + parts - 1) / parts;
        var built = new TokenBatch[(examples.Length + size - 1) / size];
        for (int p = 0; p < built.Length; p++)
            built[p] = builder.Build(examples.Slice(p * size, Math.Min(size, examples.Length - p * size)), p < spare.Length ? spare[p] : null);
        spare = [];
        return built;
    }

    private int IndexOf(long update) => (int)(update % sampler.BatchesPerEpoch);

    private BatchPlan PlanOf(long update)
    {
        long epoch = update / sampler.BatchesPerEpoch;
        if (epoch != planEpoch) (plan, planEpoch) = (sampler.Epoch((int)epoch), epoch);
        return plan!;
    }
}
