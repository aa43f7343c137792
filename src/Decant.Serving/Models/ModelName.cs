namespace Decant.Serving.Models;

/// <summary>The name under which a model is served: a part of an address.</summary>
public static class ModelName
{
    private const int Longest = 100;

    /// <summary>Reads <c>NAME=PATH</c>, or a path alone, which names itself: <c>runs/reviews/seed-1/model</c> is <c>reviews</c>.</summary>
    /// <param name="argument">As written on a command line.</param>
    /// <exception cref="DecantException">The name cannot be part of an address.</exception>
    public static (string Name, string Path) Parse(string argument)
    {
        ArgumentException.ThrowIfNullOrEmpty(argument);
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && argument.AsSpan(0, equals).IndexOfAny('/', '\\') < 0
            ? (Check(argument[..equals]), argument[(equals + 1)..])
            : (Check(OfPath(argument), $" Name it yourself: NAME={argument}."), argument);
    }

    internal static string Check(string name, string hint = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        bool fits = name.Length is > 0 and <= Longest && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && name.Trim('.').Length > 0;
        return fits ? name : throw new DecantException($"'{name}' cannot be the name of a model: it must be 1 to {Longest} letters, digits, '.', '_' or '-'.{hint}");
    }

    private static string OfPath(string path)
    {
        string[] parts = Path.GetFullPath(path).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        // The folders that a run makes say nothing of what was trained.
        string? telling = parts.LastOrDefault(part => part is not "model" && !part.StartsWith("seed-", StringComparison.Ordinal));
        return telling ?? "model";
    }
}
