using System.Collections;

namespace Decant.Distillation.Recipes;

/// <summary>The objectives of a stage, in the order of the recipe: each its name and its options.</summary>
public sealed record ObjectiveMap : IReadOnlyList<ObjectiveEntry>
{
    /// <summary>Makes a map.</summary>
    /// <param name="entries">The objectives; each name once.</param>
    /// <exception cref="DecantException">A name comes twice.</exception>
    public ObjectiveMap(params IEnumerable<ObjectiveEntry> entries)
    {
        Entries = entries.ToValueList();
        if (Entries.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DecantException($"The objective '{twice.Key}' is there twice; one of each is summed.");
    }

    private ValueList<ObjectiveEntry> Entries { get; }

    /// <inheritdoc/>
    public int Count => Entries.Count;

    /// <inheritdoc/>
    public ObjectiveEntry this[int index] => Entries[index];

    /// <summary>The options of an objective, or null if the stage does not have it.</summary>
    /// <param name="name">Its name, for example <c>softLabels</c>.</param>
    public object? Find(string name) => Entries.FirstOrDefault(e => e.Name == name)?.Options;

    /// <inheritdoc/>
    public IEnumerator<ObjectiveEntry> GetEnumerator() => Entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names, with '+' between.</summary>
    public override string ToString() => string.Join(" + ", Entries.Select(e => e.Name));
}

/// <summary>One objective of a stage.</summary>
/// <param name="Name">Its key in the recipe, for example <c>softLabels</c>.</param>
/// <param name="Options">Its options: the record that the <see cref="ObjectiveCatalog"/> gives for the name.</param>
public sealed record ObjectiveEntry(string Name, object Options);
