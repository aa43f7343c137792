using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Distillation.Sweeps;

/// <summary>Works out a grid into its points: each axis against each, the last one fastest.</summary>
public static class SweepGrid
{
    /// <summary>The most settings that a sweep may have.</summary>
    public const int MaxSettings = 100_000;

    /// <summary>The points of a grid.</summary>
    /// <param name="grid">A map from key to values, or a list of maps whose keys move together.</param>
    /// <returns>At least one setting.</returns>
    /// <exception cref="RecipeException">The grid has another form, a key twice, lists of unequal length in one map, or too many points.</exception>
    public static IReadOnlyList<SweepSetting> Expand(RecipeNode grid)
    {
        List<Axis> axes = Axes(grid);
        Axis[] all = [.. axes];
        if (all.SelectMany(a => a.Keys).GroupBy(k => k).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw RecipeException.At(grid.Origin, $"grid has the key {twice.Key} twice.");
        long count = 1;
        foreach (Axis axis in all)
            if ((count *= axis.Count) > MaxSettings)
                throw RecipeException.At(grid.Origin, $"grid has more than {MaxSettings} settings.");
        IEnumerable<IEnumerable<SweepValue>> points = [[]];
        foreach (Axis axis in all)
            points = points.SelectMany(point => Enumerable.Range(0, axis.Count).Select(i => point.Concat(axis.At(i))));
        return [.. points.Select(p => new SweepSetting(p.ToValueList()))];
    }

    private static List<Axis> Axes(RecipeNode grid) => grid switch
    {
        RecipeMap map when map.Entries.Count > 0 => [.. map.Entries.Select(e => ToAxis([e]))],
        RecipeList list when list.Items.Count > 0 => [.. list.Items.Select(item => item is RecipeMap { Entries.Count: > 0 } together
            ? ToAxis(together.Entries)
            : throw RecipeException.At(item.Origin, $"an entry of grid must be a map from key to values, but is {item.Describe()}."))],
        _ => throw RecipeException.At(grid.Origin, "grid must be a map from a recipe's key to a list of values, or a list of such maps whose keys move together."),
    };

    private static Axis ToAxis(IReadOnlyList<RecipeEntry> entries)
    {
        List<string[]> values = [];
        foreach (RecipeEntry entry in entries)
        {
            if (entry.Value is not RecipeList { Items.Count: > 0 } list)
                throw RecipeException.At(entry.Value.Origin, $"grid: {entry.Key} must be a list of the values to try, but is {entry.Value.Describe()}.");
            if (values.Count > 0 && values[0].Length != list.Items.Count)
                throw RecipeException.At(list.Origin, $"grid: {entry.Key} moves together with {entries[0].Key}, which has {values[0].Length} values, but has {list.Items.Count}.");
            values.Add([.. list.Items.Select(i => i.ToFlow())]);
        }
        return new([.. entries.Select(e => e.Key)], values);
    }

    private sealed record Axis(string[] Keys, List<string[]> Values)
    {
        public int Count => Values[0].Length;

        public IEnumerable<SweepValue> At(int i) => Keys.Select((key, k) => new SweepValue(key, Values[k][i]));
    }
}
