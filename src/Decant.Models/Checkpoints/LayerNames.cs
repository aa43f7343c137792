using System.Globalization;

namespace Decant.Models.Checkpoints;

/// <summary>Where the weights of a student come from whose layers are chosen layers of another model.</summary>
internal sealed class LayerNames
{
    private static readonly string[] Prefixes = ["bert.encoder.layer.", "branches."];

    private LayerNames(IReadOnlyList<int> layers) => Layers = layers;

    /// <summary>The layers that are kept, from 0, in the student's order.</summary>
    public IReadOnlyList<int> Layers { get; }

    /// <summary>Checks the choice.</summary>
    /// <param name="source">The model to cut from.</param>
    /// <param name="layers">Its layers, from 0, in the student's order; null for all.</param>
    /// <exception cref="DecantException">There is none, or one that the model does not have.</exception>
    public static LayerNames Of(ModelDirectory source, IReadOnlyList<int>? layers)
    {
        layers ??= [.. Enumerable.Range(0, source.Config.Layers)];
        if (layers.Count == 0) throw new DecantException("A student needs at least one layer.");
        if (layers.FirstOrDefault(l => l < 0 || l >= source.Config.Layers, -1) is var wrong and not -1)
            throw new DecantException($"{source.Path} has the layers 0 to {source.Config.Layers - 1}; a student cannot take layer {wrong}.");
        return new LayerNames(layers);
    }

    /// <summary>The name in the source of a student's weight.</summary>
    public string SourceOf(string name)
    {
        if (Prefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.Ordinal)) is not { } prefix) return name;
        int end = name.IndexOf('.', prefix.Length);
        int layer = int.Parse(name.AsSpan(prefix.Length, end - prefix.Length), CultureInfo.InvariantCulture);
        return $"{prefix}{Layers[layer]}{name[end..]}";
    }
}
