using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Models.Parallel;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Distillation.Evaluation;

/// <summary>Runs a model over a split, without dropout and in batches of equal lengths, and computes the task's metrics.</summary>
/// <param name="data">The split.</param>
/// <param name="batchSize">Examples in a batch.</param>
/// <param name="padId">Id of the padding token.</param>
/// <param name="device">Where the model lives.</param>
public sealed class Evaluator(EncodedDataSet data, int batchSize = 64, int padId = 0, Device device = default)
{
    private readonly TokenBudgetSampler sampler = new(data.ExampleLengths(), data.Choices, TokenBudgetSampler.DefaultTokens, batchSize);
    private readonly TokenBatchBuilder builder = new(data, padId);

    /// <summary>Answers and metrics.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stop">Cancels.</param>
    /// <exception cref="DecantException">The split has no labels.</exception>
    public EvaluationResult Evaluate(IModel model, CancellationToken stop = default)
    {
        data.Data.RequireLabels();
        return Metrics(data.Data, Answer(model, stop));
    }

    /// <summary>The metrics of answers, wherever they came from.</summary>
    /// <param name="data">Labelled examples.</param>
    /// <param name="answers">Logits or probabilities in the data set's order: row-major, examples × outputs, or examples × choices.</param>
    public static EvaluationResult Metrics(DataSet data, float[] answers)
    {
        var metrics = MetricSet.For([.. data.Task.Metrics]).Compute(Predictions(data, answers));
        return new EvaluationResult(metrics, data.Task.BestMetric, answers);
    }

    /// <summary>The model's logits in the data set's order; for multiple choice one row a question.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stop">Cancels.</param>
    /// <returns>Row-major: examples × outputs, or examples × choices.</returns>
    public float[] Answer(IModel model, CancellationToken stop = default)
    {
        using GradMode.Restore _ = GradMode.Off();
        var parallel = new DataParallel(model);
        BatchPlan plan = sampler.Epoch(0);
        float[] answers = [];
        TokenBatch? reuse = null;
        for (int b = 0; b < plan.Count; b++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            reuse = builder.Build(plan[b], reuse);
            TrainingBatch batch = TrainingBatch.Create(reuse, device);
            float[] rows = batch.Answers(parallel.Forward(batch.Input, OutputRequest.LogitsOnly).Logits, data.Data.Task.Kind).ToArray<float>();
            int width = rows.Length / reuse.Examples;
            if (answers.Length == 0) answers = new float[data.Count * width];
            for (int i = 0; i < reuse.Examples; i++)
                rows.AsSpan(i * width, width).CopyTo(answers.AsSpan(reuse.ExampleIndices[i] * width));
        }
        return answers;
    }

    private static Predictions Predictions(DataSet data, float[] answers)
    {
        TaskDefinition task = data.Task;
        IReadOnlyList<Example> examples = data.Examples;
        return task.Kind switch
        {
            TaskKind.Regression => Evaluation.Metrics.Predictions.ForTargets(answers, [.. examples.Select(e => e.Targets![0])]),
            TaskKind.MultiLabel => Evaluation.Metrics.Predictions.ForLabelSets(answers, task.Outputs, [.. examples.SelectMany(e => e.Targets!).Select(t => t > 0.5f ? 1 : 0)]),
            _ => Evaluation.Metrics.Predictions.ForLabels(answers, answers.Length / examples.Count, [.. examples.Select(e => e.ClassIndex!.Value)]),
        };
    }
}
