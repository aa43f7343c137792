using System.CommandLine;
using Decant.Cli.Terminal;

namespace Decant.Cli;

/// <summary>One command: its arguments, its examples, and what it prints. The work itself is in the library.</summary>
internal abstract class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>Lines for the help text: what to type, and what it does.</summary>
    public abstract IReadOnlyList<(string Line, string Meaning)> Examples { get; }

    /// <summary>Does what the arguments say.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="DecantException">It could not be done.</exception>
    public abstract int Run(ParseResult arguments, Session session);
}
