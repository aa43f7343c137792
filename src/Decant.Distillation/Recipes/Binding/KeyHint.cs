namespace Decant.Distillation.Recipes.Binding;

/// <summary>Ends an error about a name with the one that was probably meant, and all that are allowed.</summary>
public static class KeyHint
{
    private const int LongestName = 100;

    /// <summary>"Did you mean 'x'? Valid keys: a, b, x."</summary>
    /// <param name="name">What was written.</param>
    /// <param name="what">What the candidates are, in the plural: "keys".</param>
    /// <param name="candidates">What is allowed.</param>
    public static string For(string name, string what, IReadOnlyList<string> candidates)
    {
        string valid = $"Valid {what}: {string.Join(", ", candidates)}.";
        return name.Length <= LongestName && NearestName.Of(name, candidates) is { } near ? $"Did you mean '{near}'? {valid}" : valid;
    }
}
