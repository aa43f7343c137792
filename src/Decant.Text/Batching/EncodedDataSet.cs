using Decant.Text.Data;

namespace Decant.Text.Batching;

/// <summary>
/// A data set as token ids, all in one flat array. An example is one sequence, or one per choice for multiple choice;
/// sequence <c>e * Choices + c</c> is choice <c>c</c> of example <c>e</c>.
/// </summary>
public sealed class EncodedDataSet
{
    private const int ExamplesPerChunk = 256;

    private readonly int[] _ids;
    private readonly int[] _starts;
    private readonly int[] _firstSegments;

    private EncodedDataSet(DataSet data, int choices, int maxLength, int[] ids, int[] starts, int[] firstSegments)
    {
        (Data, Choices, MaxLength) = (data, choices, maxLength);
        (_ids, _starts, _firstSegments) = (ids, starts, firstSegments);
    }

    /// <summary>The data set that was encoded.</summary>
    public DataSet Data { get; }

    /// <summary>Sequences per example: 1, or the number of choices.</summary>
    public int Choices { get; }

    /// <summary>The longest sequence that was allowed, in tokens.</summary>
    public int MaxLength { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Data.Examples.Count;

    /// <summary>Number of sequences: <see cref="Count"/> × <see cref="Choices"/>.</summary>
    public int Sequences => _firstSegments.Length;

    /// <summary>Number of tokens in all sequences, without padding.</summary>
    public long Tokens => _ids.Length;

    /// <summary>The token ids of a sequence.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    public ReadOnlySpan<int> Ids(int sequence) => _ids.AsSpan(_starts[sequence], Length(sequence));

    /// <summary>Length of a sequence in tokens, special tokens included.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    public int Length(int sequence) => _starts[sequence + 1] - _starts[sequence];

    /// <summary>Tokens of a sequence that belong to its first segment (type id 0); the rest has type id 1.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    public int FirstSegmentLength(int sequence) => _firstSegments[sequence];

    /// <summary>Length of the longest sequence of an example.</summary>
    /// <param name="example">0 … <see cref="Count"/> − 1.</param>
    public int ExampleLength(int example)
    {
        int longest = 0;
        for (int s = example * Choices; s < (example + 1) * Choices; s++) longest = Math.Max(longest, Length(s));
        return longest;
    }

    /// <summary>The lengths of all examples, as <see cref="ExampleLength"/> gives them.</summary>
    public int[] ExampleLengths()
    {
        var lengths = new int[Count];
        for (int e = 0; e < lengths.Length; e++) lengths[e] = ExampleLength(e);
        return lengths;
    }

    /// <summary>Encodes every example, on all cores. The result does not depend on their number.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="encode">The tokenizer; called from several threads.</param>
    /// <param name="maxLength">Longest sequence allowed in tokens, special tokens included.</param>
    /// <exception cref="DecantException">Examples with different numbers of choices, or more than 2³¹ tokens.</exception>
    public static EncodedDataSet Encode(DataSet data, SequenceEncoder encode, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 3);
        int choices = ChoicesOf(data), examples = data.Examples.Count;
        var lengths = new int[checked(examples * choices)];
        var firstSegments = new int[lengths.Length];
        var chunks = new int[(examples + ExamplesPerChunk - 1) / ExamplesPerChunk][];
        Parallel.For(0, chunks.Length, chunk =>
        {
            var ids = new List<int>(ExamplesPerChunk * choices * 32);
            int end = Math.Min((chunk + 1) * ExamplesPerChunk, examples);
            for (int e = chunk * ExamplesPerChunk; e < end; e++)
                for (int c = 0; c < choices; c++)
                {
                    int before = ids.Count, sequence = e * choices + c;
                    firstSegments[sequence] = encode(data.Examples[e].Text, PairOf(data.Examples[e], c), maxLength, ids);
                    lengths[sequence] = ids.Count - before;
                }
            chunks[chunk] = ids.ToArray();
        });
        return new EncodedDataSet(data, choices, maxLength, Join(data, chunks), Starts(lengths), firstSegments);
    }

    // RACE as in PKD's code: the article, paired with the question and one option.
    private static string? PairOf(Example example, int choice) =>
        example.Choices is null ? example.Pair
        : example.Pair is null ? example.Choices[choice]
        : $"{example.Pair} {example.Choices[choice]}";

    private static int ChoicesOf(DataSet data)
    {
        int choices = data.Examples[0].Choices?.Count ?? 1;
        foreach (Example example in data.Examples)
            if ((example.Choices?.Count ?? 1) != choices)
                throw new DecantException(
                    $"{data.Source}: example {example.Id} has {example.Choices?.Count ?? 1} choices, but {data.Examples[0].Id} has {choices}. " +
                    "All examples of a set need the same number.");
        return choices;
    }

    private static int[] Starts(int[] lengths)
    {
        var starts = new int[lengths.Length + 1];
        for (int s = 0; s < lengths.Length; s++) starts[s + 1] = starts[s] + lengths[s];
        return starts;
    }

    private static int[] Join(DataSet data, int[][] chunks)
    {
        long total = chunks.Sum(c => (long)c.Length);
        if (total > Array.MaxLength)
            throw new DecantException($"{data.Source}: {total} tokens are more than one data set can hold ({Array.MaxLength}). Split the file, or lower maxLength.");
        var ids = new int[total];
        int at = 0;
        foreach (int[] chunk in chunks)
        {
            chunk.CopyTo(ids, at);
            at += chunk.Length;
        }
        return ids;
    }
}
