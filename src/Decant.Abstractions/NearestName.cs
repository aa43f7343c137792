namespace Decant;

/// <summary>Finds the name that was probably meant, for error messages.</summary>
public static class NearestName
{
    /// <summary>The known name that needs the fewest insertions, deletions and substitutions, letter case aside; the first of equals.</summary>
    /// <param name="given">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    /// <returns>The nearest name, or null if there is none or none is near: more than half of its letters would change.</returns>
    public static string? Of(string given, IEnumerable<string> known)
    {
        string? best = known.MinBy(name => Distance(given, name));
        return best is not null && Distance(given, best) * 2 <= Math.Max(given.Length, best.Length) ? best : null;
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j < row.Length; j++) row[j] = j;
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[^1];
    }
}
