namespace Decant.Distillation.Recipes.Binding;

/// <summary>A recipe that cannot be used. The message has one line for each problem: file, line, key, what is wrong and what is allowed.</summary>
public sealed class RecipeException : DecantException
{
    private const int MostShown = 20;

    /// <summary>Makes the exception.</summary>
    /// <param name="problems">The problems, at least one, each a full line.</param>
    public RecipeException(params IReadOnlyList<string> problems) : base(Join(problems)) => Problems = problems;

    /// <summary>Each problem as one line.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>An error at a place.</summary>
    /// <param name="origin">Where it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static RecipeException At(RecipeOrigin origin, string message) => new($"{origin}: {message}");

    private static string Join(IReadOnlyList<string> problems) => problems.Count <= MostShown
        ? string.Join('\n', problems)
        : string.Join('\n', problems.Take(MostShown)) + $"\n… and {problems.Count - MostShown} more.";
}
