using Decant.Text.Batching;
using Decant.Text.Data;

namespace Decant.Text.Tests.Batching;

/// <summary>Small data sets and a tokenizer of whole words for the tests of batching.</summary>
internal static class TestData
{
    public static readonly TaskDefinition TwoClasses = new()
    {
        Name = "toy",
        Kind = TaskKind.SingleLabel,
        Labels = ["no", "yes"],
        Metrics = [MetricNames.Accuracy],
        BestMetric = MetricNames.Accuracy,
    };

    /// <summary>[CLS]=1, [SEP]=2, and a word of n letters is 100+n; cuts at the end.</summary>
    public static int EncodeWords(string text, string? pair, int maxLength, List<int> ids)
    {
        int start = ids.Count;
        ids.Add(1);
        foreach (string word in text.Split(' ')) ids.Add(100 + word.Length);
        ids.Add(2);
        int first = ids.Count - start;
        if (pair is not null)
        {
            foreach (string word in pair.Split(' ')) ids.Add(100 + word.Length);
            ids.Add(2);
        }
        if (ids.Count - start > maxLength) ids.RemoveRange(start + maxLength, ids.Count - start - maxLength);
        return Math.Min(first, maxLength);
    }

    public static EncodedDataSet Encode(TaskDefinition task, params Example[] examples) =>
        EncodedDataSet.Encode(new DataSet(task, "train", examples, "memory"), EncodeWords, 64);

    /// <summary>Examples of the given numbers of words, so of two tokens more.</summary>
    public static EncodedDataSet OfWords(IEnumerable<int> words) => Encode(TwoClasses, [.. words.Select((n, i) => new Example
    {
        Id = $"train-{i}",
        Text = string.Join(' ', Enumerable.Repeat("a", n)),
        ClassIndex = i % 2,
    })]);
}
