using System.CommandLine;
using System.CommandLine.Parsing;
using Decant.Cli.Terminal;

namespace Decant.Cli.Usage;

/// <summary>Says what is wrong with a command line, what was probably meant, and where to read more.</summary>
internal static class UsageErrors
{
    /// <summary>Prints the errors.</summary>
    /// <returns><see cref="ExitCodes.Usage"/>.</returns>
    public static int Print(ParseResult parsed, Session session)
    {
        Command command = parsed.CommandResult.Command;
        bool isRoot = IsRoot(command);
        // A word that is not known makes the parser miss what it should have been: that follow-up error only distracts.
        IEnumerable<string> lines = parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Take(1).Select(word => Unknown(word, command))
            : parsed.Errors.Select(error => Plain(error)).Distinct();
        foreach (string line in lines) session.Fail(line);
        session.Note($"See: decant {(isRoot ? "" : command.Name + " ")}--help");
        return ExitCodes.Usage;
    }

    private static string Unknown(string word, Command command)
    {
        bool isOption = word.StartsWith('-');
        string what = isOption ? "option" : IsRoot(command) ? "command" : "argument";
        IEnumerable<string> known = isOption
            ? command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive))).Select(o => o.Name)
            : command.Subcommands.Select(sub => sub.Name);
        string hint = NearestName.Of(word, known) is { } near ? $" Did you mean {near}?" : "";
        return what == "argument"
            ? $"{command.Name} takes no further argument, but there is '{word}'."
            : $"There is no {what} '{word}'.{hint}";
    }

    private static bool IsRoot(Command command) => !command.Parents.Any();

    private static string Plain(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0 } missing when error.Message.Contains("Required argument", StringComparison.Ordinal) => $"{Label(missing.Argument)} is missing.",
        OptionResult { Tokens: [var word, ..] } wrong when error.Message.StartsWith("Cannot parse", StringComparison.Ordinal) => $"{wrong.Option.Name} must be a number, but is '{word.Value}'.",
        _ => error.Message,
    };

    private static string Label(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();
}
