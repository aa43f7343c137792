using Decant.Text.Data;

namespace Decant.Text.Batching;

/// <summary>Makes batches from an encoded data set, padding each to its own longest sequence.</summary>
public sealed class TokenBatchBuilder
{
    private readonly EncodedDataSet _data;
    private readonly int _padId, _multipleOf, _atLeast;

    /// <summary>Makes a builder.</summary>
    /// <param name="data">The encoded examples.</param>
    /// <param name="padId">Id of the padding token. Default 0, as in every BERT vocabulary.</param>
    /// <param name="padToMultipleOf">Rounds the length of a batch up to a multiple of this, 1 or more. Default 1: no rounding.</param>
    /// <param name="padToAtLeast">Shortest length of a batch. Default 0; 128 pads as the official scripts do.</param>
    public TokenBatchBuilder(EncodedDataSet data, int padId = 0, int padToMultipleOf = 1, int padToAtLeast = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padId);
        ArgumentOutOfRangeException.ThrowIfLessThan(padToMultipleOf, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padToAtLeast);
        (_data, _padId, _multipleOf, _atLeast) = (data, padId, padToMultipleOf, padToAtLeast);
    }

    /// <summary>Builds the batch of some examples.</summary>
    /// <param name="examples">Their places in the data set, in the order of the batch; at least one.</param>
    /// <param name="reuse">A batch that is no longer needed: its big arrays are taken over when they have the right size.</param>
    public TokenBatch Build(ReadOnlySpan<int> examples, TokenBatch? reuse = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Length);
        int choices = _data.Choices, sequences = examples.Length * choices, length = PaddedLength(examples);
        int[] ids = Array(reuse?.InputIds, sequences * length), types = Array(reuse?.TokenTypeIds, sequences * length);
        var lengths = new int[sequences];
        for (int row = 0; row < sequences; row++)
        {
            int sequence = examples[row / choices] * choices + row % choices;
            ReadOnlySpan<int> real = _data.Ids(sequence);
            int first = _data.FirstSegmentLength(sequence);
            Span<int> idRow = ids.AsSpan(row * length, length), typeRow = types.AsSpan(row * length, length);
            real.CopyTo(idRow);
            idRow[real.Length..].Fill(_padId);
            typeRow.Clear();
            typeRow[first..real.Length].Fill(1);
            lengths[row] = real.Length;
        }
        return new TokenBatch
        {
            Examples = examples.Length,
            Choices = choices,
            Length = length,
            InputIds = ids,
            TokenTypeIds = types,
            Lengths = lengths,
            ExampleIndices = examples.ToArray(),
            ExampleIds = ExampleIds(examples),
            ClassLabels = ClassLabels(examples),
            Targets = Targets(examples),
        };
    }

    private static int[] Array(int[]? reuse, int size) => reuse?.Length == size ? reuse : new int[size];

    private int PaddedLength(ReadOnlySpan<int> examples)
    {
        int longest = _atLeast;
        foreach (int example in examples) longest = Math.Max(longest, _data.ExampleLength(example));
        return (longest + _multipleOf - 1) / _multipleOf * _multipleOf;
    }

    private string[] ExampleIds(ReadOnlySpan<int> examples)
    {
        var ids = new string[examples.Length];
        for (int i = 0; i < ids.Length; i++) ids[i] = _data.Data.Examples[examples[i]].Id;
        return ids;
    }

    private int[]? ClassLabels(ReadOnlySpan<int> examples)
    {
        if (_data.Data.Task.Kind is TaskKind.Regression or TaskKind.MultiLabel || !_data.Data.IsLabelled) return null;
        var labels = new int[examples.Length];
        for (int i = 0; i < labels.Length; i++) labels[i] = _data.Data.Examples[examples[i]].ClassIndex!.Value;
        return labels;
    }

    private float[]? Targets(ReadOnlySpan<int> examples)
    {
        if (_data.Data.Task.Kind is not (TaskKind.Regression or TaskKind.MultiLabel) || !_data.Data.IsLabelled) return null;
        int width = _data.Data.Task.Outputs;
        var targets = new float[examples.Length * width];
        for (int i = 0; i < examples.Length; i++)
        {
            IReadOnlyList<float> row = _data.Data.Examples[examples[i]].Targets!;
            for (int j = 0; j < width; j++) targets[i * width + j] = row[j];
        }
        return targets;
    }
}
