using System.ComponentModel.DataAnnotations;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Distillation.Sweeps;

/// <summary>A sweep as it is written: one recipe, the values to try, the seeds.</summary>
/// <remarks>File names of other recipes and sweeps start from the folder of the file that names them, as with <c>extends</c>.</remarks>
public sealed record SweepOptions
{
    /// <summary>Short name. Default: the file's name without its extension.</summary>
    [RegularExpression(@"[A-Za-z0-9][A-Za-z0-9._-]*", ErrorMessage = "a name of letters, digits, '.', '-' and '_'")]
    public string? Name { get; init; }

    /// <summary>What the sweep is for. Default: none.</summary>
    public string? Description { get; init; }

    /// <summary>The recipe that is varied. Required.</summary>
    [MinLength(1)]
    public required string Recipe { get; init; }

    /// <summary>Values set over the recipe in every trial, as keys with dots: <c>stages.0.epochs: 2</c>. Default: none.</summary>
    public RecipeNode? Set { get; init; }

    /// <summary>
    /// The values to try: a map from a recipe's key to a list, each key against each. Or a list of such maps; keys in one map move
    /// together. Required.
    /// </summary>
    public required RecipeNode Grid { get; init; }

    /// <summary>Values taken over from the best trial of another sweep. Default: none.</summary>
    public BestOfOptions? BestOf { get; init; }

    /// <summary>Each setting runs once with each. Default: the recipe's.</summary>
    [MinLength(1), Range(0, int.MaxValue)]
    public ValueList<int>? Seeds { get; init; }

    /// <summary>Name of the figure by which settings are compared. Default: accuracy.</summary>
    [MinLength(1)]
    public string Metric { get; init; } = "accuracy";

    /// <summary>Folder of the ledger, the table and the trials. Default: <c>runs/sweeps/NAME</c>.</summary>
    public string? Output { get; init; }
}

/// <summary>Takes values from the best trial of another sweep, as PKD's <c>best</c> mode takes temperature and weight from vanilla KD.</summary>
public sealed record BestOfOptions
{
    /// <summary>The other sweep's file. All its trials must have been run. Required.</summary>
    [MinLength(1)]
    public required string Sweep { get; init; }

    /// <summary>Keys of its grid whose best values are taken. Required.</summary>
    [MinLength(1)]
    public required ValueList<string> Keys { get; init; }
}
