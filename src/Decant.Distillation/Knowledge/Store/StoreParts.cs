namespace Decant.Distillation.Knowledge.Store;

/// <summary>Says which parts of a divided build a store still lacks.</summary>
internal static class StoreParts
{
    /// <summary>What is missing, in words; null when every data set is whole.</summary>
    public static string? Missing(StoreManifest manifest)
    {
        foreach (var set in manifest.Data.GroupBy(d => d.Fingerprint))
        {
            int parts = set.First().Parts;
            int[] missing = [.. Enumerable.Range(1, parts).Except(set.Select(d => d.Part))];
            if (missing.Length > 0)
                return $"of the {parts} parts of {set.First().Task} {set.First().Split}, {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing";
        }
        return null;
    }
}
