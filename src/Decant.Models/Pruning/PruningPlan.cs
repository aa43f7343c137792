namespace Decant.Models.Pruning;

/// <summary>What is kept of a model.</summary>
public sealed record PruningPlan
{
    /// <summary>Layers that are kept, from 0, in the student's order.</summary>
    public required IReadOnlyList<int> Layers { get; init; }

    /// <summary>Heads that each kept layer keeps, rising, counted from 0 among those that the layer has.</summary>
    public required IReadOnlyList<int[]> Heads { get; init; }

    /// <summary>Feed-forward neurons that each kept layer keeps, rising, counted from 0 among those that the layer has.</summary>
    public required IReadOnlyList<int[]> Neurons { get; init; }

    /// <summary>Rank of the word table; null keeps it as it is.</summary>
    public int? EmbeddingRank { get; init; }
}
