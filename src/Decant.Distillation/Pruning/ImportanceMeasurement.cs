using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Training;
using Decant.Models.Bert;
using Decant.Models.Pruning;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Pruning;

/// <summary>Measures first-order Taylor importance over a data set: the loss of its labels, one pass, no weight is changed.</summary>
/// <param name="data">Labelled examples.</param>
/// <param name="options">Batch size, rule, dropout and seed.</param>
/// <param name="padId">Id of the padding token.</param>
public sealed class ImportanceMeasurement(EncodedDataSet data, PruneOptions options, int padId = 0)
{
    private readonly LengthBucketedSampler sampler = new(data.ExampleLengths(), options.BatchSize, options.Seed);

    /// <summary>Batches of a pass.</summary>
    public int Batches => sampler.BatchesPerEpoch;

    /// <summary>Runs forward and backward over every example.</summary>
    /// <param name="model">The model.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="advanced">Is told the number of batches done.</param>
    /// <param name="stop">Cancels.</param>
    /// <exception cref="DecantException">An example has no label.</exception>
    public ImportanceScores Measure(BertClassifier model, Device device = default, Action<long>? advanced = null, CancellationToken stop = default)
    {
        data.Data.RequireLabels();
        var loss = new LossSum([("hardLabels", new HardLabelsObjective(new HardLabelsOptions()))], null, data.Data.Task.Kind);
        Dropout? dropout = options.Dropout ? new Dropout(new RandomStream((ulong)options.Seed, "importance.dropout")) : null;
        var builder = new TokenBatchBuilder(data, padId);
        using var importance = new TaylorImportance(model, options.Importance);
        BatchPlan plan = sampler.Epoch(0);
        TokenBatch? reuse = null;
        for (int b = 0; b < plan.Count; b++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            reuse = builder.Build(plan[b], reuse);
            TrainingBatch batch = TrainingBatch.Create(reuse, device);
            (Tensor total, _) = loss.Compute(model, batch, dropout);
            total.Backward();
            importance.Add();
            advanced?.Invoke(b + 1);
        }
        return importance.Scores();
    }
}
