namespace Decant.Distillation.Recipes.Binding;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate that is fewest edits away, case aside, or null if none is near (a third of its letters, at least two).</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What is allowed.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance && distance <= Math.Max(2, candidate.Length / 3) && distance < candidate.Length)
                (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>"Did you mean 'x'? Valid …: a, b, x." for the end of an error.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="what">What the candidates are, in the plural: "keys".</param>
    /// <param name="candidates">What is allowed.</param>
    public static string Hint(string name, string what, IReadOnlyList<string> candidates)
    {
        string valid = $"Valid {what}: {string.Join(", ", candidates)}.";
        return Find(name, candidates) is { } near ? $"Did you mean '{near}'? {valid}" : valid;
    }

    /// <summary>Edits between two texts: insert, delete, replace, or swap two neighbours.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    public static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
