using System.Globalization;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Distillation.Recipes.Files;

/// <summary>One value that is set over a recipe: <c>stages.0.optimizer.learningRate=2e-5</c>. A stage can also go by its name: <c>stages.distil.epochs=4</c>.</summary>
/// <param name="Path">The keys, dots between them.</param>
/// <param name="Value">The value.</param>
/// <param name="Source">What errors call it, for example <c>--set stages.0.epochs</c>.</param>
public sealed record RecipeOverride(string Path, RecipeNode Value, string Source)
{
    /// <summary>Reads <c>key.sub=value</c>.</summary>
    /// <param name="text">The text after <c>--set</c>; the value is YAML: a scalar, or a list or map in flow form.</param>
    /// <exception cref="RecipeException">There is no '=' or no key, or the value is not YAML.</exception>
    public static RecipeOverride Parse(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || text[..at].Split('.').Any(part => part.Length == 0 || part.Trim() != part))
            throw new RecipeException($"--set {text}: write key=value, for example --set stages.0.epochs=2.");
        string source = $"--set {text[..at]}";
        return new(text[..at], RecipeYaml.Parse(text[(at + 1)..], source, hasLines: false), source);
    }

    /// <summary>The recipe with the value set. Maps on the way are made; list entries must be there.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="RecipeException">The path does not fit.</exception>
    public RecipeNode Apply(RecipeNode recipe) => Apply(recipe, Path.Split('.'), Value, Source);

    private static RecipeNode Apply(RecipeNode? node, ReadOnlySpan<string> keys, RecipeNode value, string source)
    {
        if (keys.IsEmpty) return value;
        switch (node)
        {
            case RecipeList list:
                int index = Index(list, keys[0], source);
                RecipeNode[] items = [.. list.Items];
                items[index] = Apply(items[index], keys[1..], value, source);
                return list with { Items = items };
            case RecipeMap map:
                return map.With(keys[0], Apply(map.Find(keys[0]), keys[1..], value, source));
            case null or RecipeScalar { IsNull: true }:
                RecipeOrigin origin = new(source, 0);
                return new RecipeMap([new(keys[0], origin, Apply(null, keys[1..], value, source))], origin);
            default:
                throw new RecipeException($"{source}: there are no keys under {node.Describe()} ({node.Origin}), so '{keys[0]}' cannot be set.");
        }
    }

    private static int Index(RecipeList list, string key, string source)
    {
        int index = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : list.Items.ToList().FindIndex(i => RecipeMerge.NameOf(i) == key);
        if (index >= 0 && index < list.Items.Count) return index;
        string names = string.Join(", ", list.Items.Select(RecipeMerge.NameOf).Where(n => n is not null));
        throw new RecipeException($"{source}: '{key}' is not in the list at {list.Origin}, which has {list.Items.Count} entries, counted from 0"
            + (names.Length > 0 ? $" ({names})." : "."));
    }
}
