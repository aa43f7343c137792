namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>Finds the name that was probably meant, for error messages.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest insertions, deletions and substitutions, letter case aside; the first of equals.</summary>
    public static string Of(string given, IReadOnlyList<string> known) => known.MinBy(name => Distance(given, name))!;

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
