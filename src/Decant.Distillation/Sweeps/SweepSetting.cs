using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Distillation.Sweeps;

/// <summary>One point of the grid: the values that its trials set over the recipe.</summary>
/// <param name="Values">Key and value, in the order of the grid.</param>
public sealed record SweepSetting(ValueList<SweepValue> Values)
{
    /// <summary>The value of a key as YAML, or null if the setting does not have it.</summary>
    /// <param name="key">A recipe's key, dots between levels.</param>
    public string? Find(string key) => Values.FirstOrDefault(v => v.Key == key)?.Value;

    /// <summary>The values as settings over a recipe.</summary>
    /// <param name="source">The sweep's file, for errors.</param>
    public IEnumerable<RecipeOverride> ToOverrides(string source) => Values.Select(v =>
        new RecipeOverride(v.Key, RecipeYaml.Parse(v.Value, $"{source}: {v.Key}", hasLines: false), $"{source}: {v.Key}"));

    /// <summary>The values on one line, each by the last part of its key: <c>learningRate 5e-5, temperature 10</c>.</summary>
    public override string ToString() => string.Join(", ", Values.Select(v => $"{v.Key.Split('.')[^1]} {v.Value}"));
}

/// <summary>A value of the grid.</summary>
/// <param name="Key">A recipe's key, dots between levels.</param>
/// <param name="Value">The value as YAML on one line.</param>
public sealed record SweepValue(string Key, string Value);
