using System.Diagnostics;
using Decant.Distillation.Experiments;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Distillation.Runs;

/// <summary>
/// Measures inference side by side: the models take turns on the same batches, so that what else the machine does hits all alike,
/// and the median of the rounds is taken. Read ratios rather than absolutes.
/// </summary>
public static class InferenceTimer
{
    /// <summary>Seconds per example on a split at its real lengths, in batches of similar length.</summary>
    /// <param name="models">Model folders.</param>
    /// <param name="data">The split.</param>
    /// <param name="maxLength">Longest sequence.</param>
    /// <param name="batchSize">Examples in a batch. Default 32.</param>
    /// <param name="rounds">Turns of every model. Default 5.</param>
    public static double[] AtRealLengths(IReadOnlyList<string> models, DataSet data, int maxLength, int batchSize = 32, int rounds = 5)
    {
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(models[0]);
        EncodedDataSet encoded = EncodedDataSet.Encode(data, tokenizer, maxLength);
        BatchPlan plan = new TokenBudgetSampler(encoded.ExampleLengths(), encoded.Choices, int.MaxValue, batchSize).Epoch(0);
        var builder = new TokenBatchBuilder(encoded, tokenizer.Vocabulary.PaddingId);
        var batches = Enumerable.Range(0, plan.Count).Select(b => builder.Build(plan[b])).ToList();
        return Measure(models, batches, encoded.Count, rounds);
    }

    /// <summary>Seconds per example where every example fills the batch's length, as PKD's table measures (128 × 128).</summary>
    /// <param name="models">Model folders.</param>
    /// <param name="batchSize">Examples in a batch. Default 128.</param>
    /// <param name="length">Tokens of every example. Default 128.</param>
    /// <param name="rounds">Turns of every model. Default 5.</param>
    public static double[] AtFullLength(IReadOnlyList<string> models, int batchSize = 128, int length = 128, int rounds = 5)
    {
        int vocabulary = ModelDirectory.Open(models[0]).Config.VocabSize;
        var ids = Enumerable.Range(0, batchSize * length).Select(i => 1 + i * 31 % (vocabulary - 1)).ToArray();
        var batch = new TokenBatch
        {
            Examples = batchSize, Choices = 1, Length = length, InputIds = ids, TokenTypeIds = new int[ids.Length],
            Lengths = [.. Enumerable.Repeat(length, batchSize)], ExampleIndices = [.. Enumerable.Range(0, batchSize)],
            ExampleIds = [.. Enumerable.Repeat("", batchSize)], ClassLabels = null, Targets = null,
        };
        return Measure(models, [batch], batchSize, rounds);
    }

    private static double[] Measure(IReadOnlyList<string> folders, IReadOnlyList<TokenBatch> batches, int examples, int rounds)
    {
        var models = folders.Select(f => ClassifierLoader.Load(ModelDirectory.Open(f))).ToList();
        try
        {
            var times = folders.Select(_ => new List<double>()).ToList();
            for (int round = -1; round < rounds; round++)
                for (int m = 0; m < models.Count; m++)
                {
                    double seconds = Time(models[m], batches);
                    if (round >= 0) times[m].Add(seconds); // the first turn only warms up
                }
            return [.. times.Select(t => t.Order().ElementAt(t.Count / 2) / examples)];
        }
        finally
        {
            models.ForEach(m => m.Dispose());
        }
    }

    private static double Time(IClassifier model, IReadOnlyList<TokenBatch> batches)
    {
        using GradMode.Restore _ = GradMode.Off();
        var watch = Stopwatch.StartNew();
        foreach (TokenBatch batch in batches)
        {
            using var scope = new TensorScope();
            model.Forward(TrainingBatch.Create(batch).Input, OutputRequest.LogitsOnly).Logits.ToArray<float>();
        }
        return watch.Elapsed.TotalSeconds;
    }
}
