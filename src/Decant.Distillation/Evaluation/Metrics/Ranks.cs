namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>Ranks of numbers, from 1, where equal numbers share the mean of the ranks they take up.</summary>
internal static class Ranks
{
    public static double[] Of(IReadOnlyList<float> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count)];
        Array.Sort(order, (a, b) => values[a].CompareTo(values[b]));
        var ranks = new double[order.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (int i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2.0;
            start = end;
        }
        return ranks;
    }
}
