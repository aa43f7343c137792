using Decant.Models;
using Decant.Models.Bert;
using Decant.Text.Augmentation;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Augmentation;

/// <summary>Fills in masks with a BERT, many queries of like length at once; only the masked token's scores are computed.</summary>
/// <param name="model">The language model; its owner disposes it.</param>
/// <param name="padId">Id of the padding token.</param>
/// <param name="device">Where the model lives.</param>
/// <param name="batchTokens">Most tokens in a batch, padding included; 1 makes each query a batch. Default: 4096.</param>
public sealed class MaskedWordModel(BertMaskedLm model, int padId = 0, Device device = default, int batchTokens = MaskedWordModel.DefaultBatchTokens) : IMaskedWordModel
{
    /// <summary>Default of <c>batchTokens</c>.</summary>
    public const int DefaultBatchTokens = 4096;

    /// <inheritdoc/>
    public int MaxLength => model.Encoder.Config.MaxPositions;

    /// <inheritdoc/>
    public int[][] Predict(IReadOnlyList<MaskedQuery> queries, int count, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        using GradMode.Restore _ = GradMode.Off();
        var answers = new int[queries.Count][];
        BatchPlan plan = new TokenBudgetSampler([.. queries.Select(q => q.Ids.Length)], tokens: batchTokens).Epoch(0);
        for (int b = 0; b < plan.Count; b++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            ReadOnlySpan<int> batch = plan[b];
            (Tensor _, Tensor best) = Scores(queries, batch).TopK(Math.Min(count, model.Encoder.Config.VocabSize));
            int[] pieces = best.ToArray<int>();
            int width = pieces.Length / batch.Length;
            for (int row = 0; row < batch.Length; row++) answers[batch[row]] = pieces[(row * width)..((row + 1) * width)];
        }
        return answers;
    }

    private Tensor Scores(IReadOnlyList<MaskedQuery> queries, ReadOnlySpan<int> batch)
    {
        int rows = batch.Length, longest = 0;
        foreach (int q in batch) longest = Math.Max(longest, queries[q].Ids.Length);
        int[] ids = new int[rows * longest], types = new int[rows * longest], lengths = new int[rows], positions = new int[rows];
        Array.Fill(ids, padId);
        for (int row = 0; row < rows; row++)
        {
            MaskedQuery query = queries[batch[row]];
            query.Ids.CopyTo(ids, row * longest);
            types.AsSpan(row * longest + query.FirstLength, query.Ids.Length - query.FirstLength).Fill(1);
            (lengths[row], positions[row]) = (query.Ids.Length, query.Position);
        }
        return model.ScoresAt(ModelInput.Create(ids, types, lengths, device), Tensor.From(positions, rows).To(DType.Int64).To(device));
    }
}
