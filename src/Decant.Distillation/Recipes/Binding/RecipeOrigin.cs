namespace Decant.Distillation.Recipes.Binding;

/// <summary>Where a piece of a recipe was written; it prints as the start of an error.</summary>
/// <param name="Source">The file, or for example <c>--set stages.0.epochs</c>.</param>
/// <param name="Line">Line number from 1; 0 where there are no lines.</param>
public readonly record struct RecipeOrigin(string Source, int Line)
{
    /// <summary><c>file:line</c>, as compilers write it.</summary>
    public override string ToString() => Line > 0 ? $"{Source}:{Line}" : Source;
}
