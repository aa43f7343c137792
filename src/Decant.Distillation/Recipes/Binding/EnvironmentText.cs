using System.Text.RegularExpressions;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>Puts environment variables into text: <c>${NAME}</c>, <c>${NAME:-default}</c>; <c>$${</c> stands for <c>${</c> itself.</summary>
public static partial class EnvironmentText
{
    [GeneratedRegex(@"\$(\$\{|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}|\{(?<bad>[^}]*)\}?)")]
    private static partial Regex Pattern();

    /// <summary>The text with variables replaced. A default is taken where the variable is not set or empty, as in a shell.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lookup">Gives a variable's value, or null.</param>
    /// <param name="origin">Where the text was written, for the error.</param>
    /// <exception cref="RecipeException">A variable is not set and has no default, or the form is wrong.</exception>
    public static string Expand(string text, Func<string, string?> lookup, RecipeOrigin origin) => Pattern().Replace(text, match =>
    {
        if (match.Value == "$${") return "${";
        if (match.Groups["bad"].Success)
            throw RecipeException.At(origin, $"'{match.Value}' is not an environment variable; write ${{NAME}} or ${{NAME:-default}}, and $${{ for a plain ${{.");
        string name = match.Groups["name"].Value;
        if (lookup(name) is { Length: > 0 } value) return value;
        return match.Groups["default"].Success
            ? match.Groups["default"].Value
            : throw RecipeException.At(origin, $"the environment variable {name} is not set; set it, or write ${{{name}:-default}}.");
    });

    /// <summary>The text that expands to <paramref name="text"/>.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text) => text.Replace("${", "$${", StringComparison.Ordinal);
}
