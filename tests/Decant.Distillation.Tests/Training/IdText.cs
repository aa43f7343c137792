using System.Globalization;
using Decant.Text.Batching;
using Decant.Text.Data;

namespace Decant.Tests.Training;

/// <summary>Data sets whose texts are token ids in decimal, so that a test decides every id itself.</summary>
internal static class IdText
{
    public static string Of(IEnumerable<int> ids) => string.Join(' ', ids);

    public static EncodedDataSet Encode(TaskDefinition task, IReadOnlyList<Example> examples, int maxLength, string split = "train") =>
        EncodedDataSet.Encode(new DataSet(task, split, examples, "memory"), Ids, maxLength);

    private static int Ids(string text, string? pair, int maxLength, List<int> ids)
    {
        int before = ids.Count;
        ids.AddRange(Parse(text));
        int first = ids.Count - before;
        if (pair is not null) ids.AddRange(Parse(pair));
        return first;
    }

    private static IEnumerable<int> Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
