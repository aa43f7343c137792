using Decant.Text.Data;
using Decant.Text.Tokenization;

namespace Decant.Text.Batching;

/// <summary>
/// A data set as token ids, all in one flat array. An example is one sequence, or one per choice for multiple choice;
/// sequence <c>e * Choices + c</c> is choice <c>c</c> of example <c>e</c>.
/// </summary>
public sealed class EncodedDataSet
{
    private const int ExamplesPerChunk = 256;

    private readonly EncodedTexts _sequences;

    private EncodedDataSet(DataSet data, int choices, int maxLength, EncodedTexts sequences) =>
        (Data, Choices, MaxLength, _sequences) = (data, choices, maxLength, sequences);

    /// <summary>The data set that was encoded.</summary>
    public DataSet Data { get; }

    /// <summary>Sequences per example: 1, or the number of choices.</summary>
    public int Choices { get; }

    /// <summary>The longest sequence that was allowed, in tokens.</summary>
    public int MaxLength { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Data.Examples.Count;

    /// <summary>Number of sequences: <see cref="Count"/> × <see cref="Choices"/>.</summary>
    public int Sequences => _sequences.Count;

    /// <summary>Number of tokens in all sequences, without padding.</summary>
    public long Tokens => _sequences.Ids.Length;

    /// <summary>The token ids of a sequence.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    public ReadOnlySpan<int> Ids(int sequence) => _sequences[sequence];

    /// <summary>Length of a sequence in tokens, special tokens included.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    public int Length(int sequence) => _sequences.LengthOf(sequence);

    /// <summary>Tokens of a sequence that belong to its first segment (type id 0); the rest has type id 1.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    public int FirstSegmentLength(int sequence) => _sequences.FirstLengths[sequence];

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
    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="maxLength">Longest sequence allowed in tokens, special tokens included; 4 or more.</param>
    /// <param name="truncation">
    /// What is cut of longer sequences. Null, the default, cuts the longer text of a pair as BERT's code does; for
    /// multiple choice it cuts the article first, so that question and option stay whole as long as they can.
    /// </param>
    /// <exception cref="DecantException">Examples with different numbers of choices, or texts that cannot be cut as asked.</exception>
    public static EncodedDataSet Encode(DataSet data, WordPieceTokenizer tokenizer, int maxLength, Truncation? truncation = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 4);
        if (truncation is null && data.Task.Kind == TaskKind.MultipleChoice)
            return Encode(data, new ArticleFirstEncoder(tokenizer).Encode, maxLength);
        int choices = ChoicesOf(data);
        var texts = new (string, string?)[checked(data.Examples.Count * choices)];
        for (int s = 0; s < texts.Length; s++)
            texts[s] = (data.Examples[s / choices].Text, PairOf(data.Examples[s / choices], s % choices));
        var options = new EncodeOptions { MaxLength = maxLength, Truncation = truncation ?? Truncation.LongestFirst };
        return new EncodedDataSet(data, choices, maxLength, tokenizer.EncodeBatch(texts, options));
    }

    /// <summary>Encodes every example with an encoder of one's own, on all cores. The result does not depend on their number.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="encode">The tokenizer; called from several threads.</param>
    /// <param name="maxLength">Longest sequence allowed in tokens, special tokens included; 4 or more.</param>
    /// <exception cref="DecantException">Examples with different numbers of choices, or more than 2³¹ tokens.</exception>
    public static EncodedDataSet Encode(DataSet data, SequenceEncoder encode, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 4);
        int choices = ChoicesOf(data), examples = data.Examples.Count;
        var offsets = new int[checked(examples * choices) + 1];
        var firstSegments = new int[examples * choices];
        var chunks = new int[(examples + ExamplesPerChunk - 1) / ExamplesPerChunk][];
        void EncodeChunk(int chunk)
        {
            var ids = new List<int>(ExamplesPerChunk * choices * 32);
            int end = Math.Min((chunk + 1) * ExamplesPerChunk, examples);
            for (int s = chunk * ExamplesPerChunk * choices; s < end * choices; s++)
            {
                int before = ids.Count;
                Example example = data.Examples[s / choices];
                firstSegments[s] = encode(example.Text, PairOf(example, s % choices), maxLength, ids);
                offsets[s + 1] = ids.Count - before;
            }
            chunks[chunk] = ids.ToArray();
        }
        try
        {
            Parallel.For(0, chunks.Length, EncodeChunk);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<DecantException>().FirstOrDefault() is { } first)
        {
            throw new DecantException(first.Message, first);
        }
        for (int s = 0; s < firstSegments.Length; s++) offsets[s + 1] += offsets[s];
        return new EncodedDataSet(data, choices, maxLength, new EncodedTexts(Join(data, chunks), offsets, firstSegments));
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
