namespace Decant.Export.Checks;

/// <summary>Compares outputs as they come.</summary>
internal sealed class AgreementCounter
{
    private double largest, sum, largestOutput;
    private long values, same;
    private int examples;
    private bool hasAnswers;

    /// <summary>Takes the outputs of one or several examples.</summary>
    /// <param name="count">How many examples these are.</param>
    /// <param name="expected">The model's outputs.</param>
    /// <param name="actual">The file's, in the same order.</param>
    /// <param name="width">Outputs an example, where the largest of them is its answer; 0 where they are no labels.</param>
    public void Add(int count, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int width)
    {
        if (expected.Length != actual.Length) throw new DecantException($"The exported file gave {actual.Length} numbers where the model gives {expected.Length}.");
        examples += count;
        values += expected.Length;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            largest = Math.Max(largest, difference);  // once NaN, it stays NaN
            sum += difference;
            largestOutput = Math.Max(largestOutput, Math.Abs(expected[i]));
        }
        if (width < 2) return;
        hasAnswers = true;
        for (int row = 0; row < expected.Length; row += width)
            if (Largest(expected.Slice(row, width)) == Largest(actual.Slice(row, width))) same++;
    }

    /// <summary>What came of it.</summary>
    public Agreement Result() => new(examples, largest, sum / Math.Max(1, values), largestOutput, hasAnswers ? (double)same / examples : null);

    private static int Largest(ReadOnlySpan<float> outputs) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(outputs);
}
