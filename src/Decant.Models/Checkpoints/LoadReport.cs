namespace Decant.Models.Checkpoints;

/// <summary>What came of loading a checkpoint into a model.</summary>
/// <param name="Source">The checkpoint.</param>
/// <param name="Loaded">Parameters of the model that were filled.</param>
/// <param name="Missing">Parameters of the model that the checkpoint does not have; they keep their values.</param>
/// <param name="Unexpected">Tensors of the checkpoint, under today's names, that the model has no place for.</param>
public sealed record LoadReport(string Source, IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected)
{
    /// <summary>Refuses a checkpoint that left parameters without values.</summary>
    /// <param name="except">Beginnings of names that may be missing, such as <c>classifier.</c>; none by default.</param>
    /// <returns>This report.</returns>
    /// <exception cref="DecantException">Other parameters are missing; the message names the first of them.</exception>
    public LoadReport RequireComplete(params string[] except)
    {
        string[] missing = [.. Missing.Where(name => !except.Any(e => name.StartsWith(e, StringComparison.Ordinal)))];
        if (missing.Length == 0) return this;
        string hint = Loaded.Count == 0
            ? "None of its tensors has a name of this model; it is probably a model of another kind."
            : "Check that config.json belongs to these weights, and that the file is complete.";
        throw new DecantException($"{Source} lacks {missing.Length} of the model's {Loaded.Count + Missing.Count} tensors: {Some(missing)}. {hint}");
    }

    /// <summary>One line for people: how many tensors were loaded, are new, and were left unused.</summary>
    public override string ToString()
    {
        string line = $"{Loaded.Count} tensors loaded from {Source}";
        if (Missing.Count > 0) line += $"; newly initialised: {Some(Missing)}";
        if (Unexpected.Count > 0) line += $"; not used: {Some(Unexpected)}";
        return line;
    }

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(6)) + (names.Count > 6 ? $" and {names.Count - 6} more" : "");
}
