namespace Decant.Cli.Terminal;

/// <summary>Labels and values below each other.</summary>
internal static class FactList
{
    /// <summary>Writes one line a fact; further lines of a value stand below its first.</summary>
    public static void Write(TextWriter output, IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        int width = facts.Max(fact => fact.Key.Length);
        foreach ((string label, string value) in facts)
            output.WriteLine($"{label.PadRight(width)}  {value.Replace("\n", "\n" + new string(' ', width + 2), StringComparison.Ordinal)}");
    }
}
