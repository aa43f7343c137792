namespace Decant.Text.Batching;

/// <summary>Which examples make up which batch, for one pass over a data set.</summary>
public sealed class BatchPlan
{
    private readonly int[] _examples;
    private readonly int[] _starts;

    internal BatchPlan(int[] examples, int[] starts) => (_examples, _starts) = (examples, starts);

    /// <summary>Number of batches.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Number of examples in all batches.</summary>
    public int Examples => _examples.Length;

    /// <summary>The examples of a batch, as places in the data set.</summary>
    /// <param name="batch">0 … <see cref="Count"/> − 1. A run that is resumed goes on with the first batch it has not done.</param>
    public ReadOnlySpan<int> this[int batch] => _examples.AsSpan(_starts[batch], _starts[batch + 1] - _starts[batch]);

    /// <summary>Batches of equal size one after the other; the last may be smaller.</summary>
    internal static BatchPlan OfEqualSize(int[] examples, int batchSize)
    {
        var starts = new int[(examples.Length + batchSize - 1) / batchSize + 1];
        for (int b = 0; b < starts.Length; b++) starts[b] = Math.Min(b * batchSize, examples.Length);
        return new BatchPlan(examples, starts);
    }
}
