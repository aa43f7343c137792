namespace Decant.Distillation.Recipes;

/// <summary>An objective that recipes can name: its key and the record that its options are read into.</summary>
public interface IObjectiveKind
{
    /// <summary>The key in a recipe, camelCase, for example <c>softLabels</c>.</summary>
    string Name { get; }

    /// <summary>The options: a record with a parameterless constructor and <c>init</c> properties.</summary>
    Type OptionsType { get; }
}

/// <summary>The objectives that recipes can name. A new objective is added here and needs no change of the recipe code.</summary>
public sealed class ObjectiveCatalog
{
    private readonly Dictionary<string, IObjectiveKind> _kinds = new(StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds an objective.</summary>
    /// <param name="kind">The objective.</param>
    /// <returns>The catalog, for the next one.</returns>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public ObjectiveCatalog Add(IObjectiveKind kind)
    {
        _kinds.Add(kind.Name, kind);
        return this;
    }

    /// <summary>Adds an objective by its name and options alone; enough to read recipes.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Its key in a recipe.</param>
    public ObjectiveCatalog Add<TOptions>(string name) where TOptions : class, new() =>
        Add(new OptionsOnly(name, typeof(TOptions)));

    /// <summary>The objective of that name, or null.</summary>
    /// <param name="name">Its key in a recipe.</param>
    public IObjectiveKind? Find(string name) => _kinds.GetValueOrDefault(name);

    private sealed record OptionsOnly(string Name, Type OptionsType) : IObjectiveKind;
}
