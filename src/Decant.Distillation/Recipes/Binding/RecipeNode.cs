namespace Decant.Distillation.Recipes.Binding;

/// <summary>A piece of a recipe as it was written, with its place: a scalar, a list or a map.</summary>
/// <param name="Origin">Where it was written.</param>
public abstract record RecipeNode(RecipeOrigin Origin)
{
    /// <summary>What it is, for an error: "the text 'x'", "a list", "a map", "empty".</summary>
    public abstract string Describe();

    /// <summary>The piece as YAML on one line, in flow form; it reads as an equal piece.</summary>
    public abstract string ToFlow();
}

/// <summary>A single value.</summary>
/// <param name="Text">Its text, after quotes and environment variables are resolved.</param>
/// <param name="IsQuoted">It was quoted, so it is never null.</param>
/// <param name="Origin">Where it was written.</param>
public sealed record RecipeScalar(string Text, bool IsQuoted, RecipeOrigin Origin) : RecipeNode(Origin)
{
    /// <summary>Nothing was written, or <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <inheritdoc/>
    public override string Describe() => IsNull ? "empty" : $"'{YamlText.Shorten(Text)}'";

    /// <inheritdoc/>
    public override string ToFlow() => IsNull ? "~" : YamlText.Quote(Text);
}

/// <summary>A list.</summary>
/// <param name="Items">Its entries.</param>
/// <param name="Origin">Where it starts.</param>
public sealed record RecipeList(IReadOnlyList<RecipeNode> Items, RecipeOrigin Origin) : RecipeNode(Origin)
{
    /// <inheritdoc/>
    public override string Describe() => "a list";

    /// <inheritdoc/>
    public override string ToFlow() => $"[{string.Join(", ", Items.Select(i => i.ToFlow()))}]";
}

/// <summary>A map; keys keep their order, each comes once.</summary>
/// <param name="Entries">Its entries.</param>
/// <param name="Origin">Where it starts.</param>
public sealed record RecipeMap(IReadOnlyList<RecipeEntry> Entries, RecipeOrigin Origin) : RecipeNode(Origin)
{
    /// <summary>The value of a key, or null if the map does not have it.</summary>
    /// <param name="key">The key.</param>
    public RecipeNode? Find(string key) => Entries.FirstOrDefault(e => e.Key == key)?.Value;

    /// <summary>The map with a key set: in its old place, or at the end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its new value.</param>
    public RecipeMap With(string key, RecipeNode value)
    {
        RecipeEntry entry = new(key, value.Origin, value);
        return Find(key) is null
            ? this with { Entries = [.. Entries, entry] }
            : this with { Entries = [.. Entries.Select(e => e.Key == key ? entry : e)] };
    }

    /// <summary>The map without a key.</summary>
    /// <param name="key">The key.</param>
    public RecipeMap Without(string key) => this with { Entries = [.. Entries.Where(e => e.Key != key)] };

    /// <inheritdoc/>
    public override string Describe() => "a map";

    /// <inheritdoc/>
    public override string ToFlow() => $"{{{string.Join(", ", Entries.Select(e => $"{YamlText.Quote(e.Key)}: {e.Value.ToFlow()}"))}}}";
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Origin">Where the key was written.</param>
/// <param name="Value">The value.</param>
public sealed record RecipeEntry(string Key, RecipeOrigin Origin, RecipeNode Value);
