using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Recipes;

/// <summary>A classifier on every layer of the student, for adaptive exit (FastBERT).</summary>
public sealed record FastBertOptions : IRecipeRules
{
    /// <summary>Width of the classifiers, 1 to 16384. Default: 128 (the paper, for a hidden size of 768).</summary>
    [Range(1, 16384)]
    public int Width { get; init; } = 128;

    /// <summary>Attention heads of the classifiers; they divide <see cref="Width"/>. Default: 2 (released code).</summary>
    [Range(1, 1024)]
    public int Heads { get; init; } = 2;

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (Width % Heads != 0)
            yield return new("heads", $"is {Heads}, which does not divide width {Width}");
    }
}
