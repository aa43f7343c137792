using System.ComponentModel.DataAnnotations;
using Decant.Distillation.Recipes;
using Decant.Models.Pruning;

namespace Decant.Distillation.Pruning;

/// <summary>How much of a model is cut off, and how its importance is measured. The student of Marginal Utility Diminishes: first 6 layers, 2 heads, 768 neurons, rank 128.</summary>
public sealed record PruneOptions
{
    /// <summary>Layers that are kept, counted from 0. Default: all.</summary>
    public LayerSelection Layers { get; init; } = LayerSelection.All;

    /// <summary>Heads that each layer keeps; null (default) keeps all.</summary>
    [Range(1, 1024)]
    public int? Heads { get; init; }

    /// <summary>Feed-forward neurons that each layer keeps; null (default) keeps all.</summary>
    [Range(1, 65536)]
    public int? Intermediate { get; init; }

    /// <summary>Rank of the word table; null (default) keeps the table whole.</summary>
    [Range(1, 16384)]
    public int? EmbeddingRank { get; init; }

    /// <summary>Where the least important heads and neurons are looked for. Default: within each layer (ROSITA, Marginal Utility).</summary>
    public PruningScope Scope { get; init; } = PruningScope.Layer;

    /// <summary>How batches are added up. Default: absolute (the released code of Marginal Utility).</summary>
    public ImportanceRule Importance { get; init; } = ImportanceRule.Absolute;

    /// <summary>
    /// Heads and neurons are cut in so many equal steps, importance being measured anew after each, 1 to 1000. Default: 1 (Marginal Utility;
    /// ROSITA takes 10 and trains between them).
    /// </summary>
    [Range(1, 1000)]
    public int Steps { get; init; } = 1;

    /// <summary>Examples in a batch while importance is measured. Default: 32 (Marginal Utility).</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Leave dropout on while importance is measured. Default: false; true repeats the released code, whose model stays in training mode.
    /// </summary>
    public bool Dropout { get; init; }

    /// <summary>Seed of batch order and dropout. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether importance must be measured at all.</summary>
    public bool NeedsImportance => Heads is not null || Intermediate is not null;
}
