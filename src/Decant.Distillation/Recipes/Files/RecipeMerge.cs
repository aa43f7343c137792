using Decant.Distillation.Recipes.Binding;

namespace Decant.Distillation.Recipes.Files;

/// <summary>Lays one recipe over another, for <c>extends</c>.</summary>
public static class RecipeMerge
{
    /// <summary>
    /// The upper node over the lower: maps are merged key by key; lists of maps that all have a <c>name</c>, such as stages,
    /// are merged by name, new ones at the end; everything else is replaced.
    /// </summary>
    /// <param name="lower">What is extended.</param>
    /// <param name="upper">What wins.</param>
    public static RecipeNode Merge(RecipeNode lower, RecipeNode upper) => (lower, upper) switch
    {
        (RecipeMap low, RecipeMap high) => Maps(low, high),
        (RecipeList low, RecipeList high) when Named(low) && Named(high) => Lists(low, high),
        _ => upper,
    };

    private static RecipeMap Maps(RecipeMap low, RecipeMap high)
    {
        RecipeMap merged = low with { Origin = high.Origin };
        foreach (RecipeEntry entry in high.Entries)
        {
            RecipeNode value = low.Find(entry.Key) is { } old ? Merge(old, entry.Value) : entry.Value;
            merged = merged.With(entry.Key, value);
        }
        return merged;
    }

    private static RecipeList Lists(RecipeList low, RecipeList high)
    {
        List<RecipeNode> merged = [.. low.Items];
        foreach (RecipeNode item in high.Items)
        {
            int at = merged.FindIndex(m => NameOf(m) == NameOf(item));
            if (at < 0) merged.Add(item);
            else merged[at] = Merge(merged[at], item);
        }
        return new(merged, high.Origin);
    }

    private static bool Named(RecipeList list) => list.Items.Count > 0 && list.Items.All(i => NameOf(i) is not null);

    /// <summary>The <c>name</c> of a map, or null.</summary>
    /// <param name="node">Any node.</param>
    internal static string? NameOf(RecipeNode node) => ((node as RecipeMap)?.Find("name") as RecipeScalar)?.Text;
}
