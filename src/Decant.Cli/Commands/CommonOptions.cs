using System.CommandLine;

namespace Decant.Cli.Commands;

/// <summary>Options that several commands share, so that they are named and described alike.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };

    public static Option<string?> OutputFile() => new("--output", "-o") { HelpName = "FILE", Description = "Write to a file. Default: standard output." };

    /// <summary>Makes a smaller number a wrong use.</summary>
    public static void RequireAtLeast(Option option, int least) => option.Validators.Add(result =>
    {
        // A word that is no number is the parser's to tell.
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number < least) result.AddError($"{option.Name} must be {least} or more.");
    });

    /// <summary>Makes any other word a wrong use; the message names the nearest.</summary>
    public static void RequireOneOf(Option option, IEnumerable<string> words)
    {
        string[] known = [.. words];
        option.CompletionSources.Add(known);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is not { } word || known.Contains(word)) return;
            string hint = NearestName.Of(word, known) is { } near ? $" Did you mean {near}?" : "";
            result.AddError($"{option.Name} cannot be '{word}'.{hint} Known: {string.Join(", ", known)}.");
        });
    }
}
