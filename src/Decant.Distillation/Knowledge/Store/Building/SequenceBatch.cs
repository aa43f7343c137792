using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>A batch of single sequences, whatever examples they belong to.</summary>
internal static class SequenceBatch
{
    /// <summary>Makes the batch.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="sequences">Places in its sequences.</param>
    /// <param name="padId">Id of the padding token.</param>
    public static TokenBatch Create(EncodedDataSet data, ReadOnlySpan<int> sequences, int padId)
    {
        int[] lengths = new int[sequences.Length];
        for (int row = 0; row < lengths.Length; row++) lengths[row] = data.Length(sequences[row]);
        int length = lengths.Max();
        int[] ids = new int[lengths.Length * length], types = new int[ids.Length];
        Array.Fill(ids, padId);
        for (int row = 0; row < lengths.Length; row++)
        {
            data.Ids(sequences[row]).CopyTo(ids.AsSpan(row * length));
            int first = data.FirstSegmentLength(sequences[row]);
            types.AsSpan(row * length + first, lengths[row] - first).Fill(1);
        }
        return new TokenBatch
        {
            Examples = lengths.Length, Choices = 1, Length = length, InputIds = ids, TokenTypeIds = types, Lengths = lengths,
            ExampleIndices = sequences.ToArray(), ExampleIds = [.. new string[lengths.Length].Select(_ => "")],
        };
    }
}
