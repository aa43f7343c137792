using System.CommandLine;
using System.CommandLine.Help;
using Decant.Cli.Commands;
using Decant.Cli.Terminal;
using Decant.Cli.Usage;
using Decant.Distillation.Training;

namespace Decant.Cli;

/// <summary>The <c>decant</c> program: reads the command line, runs the command, and makes errors readable.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show where in the program an error arose.",
        Recursive = true,
    };

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Session session)
    {
        Command root = CreateRoot();
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is { ClearsParseErrors: true })  // --help and --version
            return parsed.Invoke(new InvocationConfiguration { Output = session.Output, Error = session.Error });
        if (parsed.CommandResult.Command is not CliCommand command)
        {
            if (args.Count > 0) return UsageErrors.Print(parsed, session);
            return Run(["--help"], session);
        }
        if (parsed.Errors.Count > 0) return UsageErrors.Print(parsed, session);
        return Run(command, parsed, session, parsed.GetValue(Verbose));
    }

    private static int Run(CliCommand command, ParseResult parsed, Session session, bool verbose)
    {
        try
        {
            int code = command.Run(parsed, session);
            session.Output.Flush();
            return code;
        }
        catch (Exception e) when (session.Cancel.IsCancellationRequested && e is OperationCanceledException or TrainingStoppedException)
        {
            session.Note(e is TrainingStoppedException ? e.Message : "Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is DecantException or IOException or UnauthorizedAccessException)
        {
            session.Fail(verbose ? e.ToString() : e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            session.Fail(verbose
                ? e.ToString()
                : $"{e.GetType().Name}: {e.Message} This is a fault of Decant itself; run again with --verbose to see where it arose.");
            return ExitCodes.Failed;
        }
    }

    private static Command CreateRoot()
    {
        // Not a RootCommand: that one takes the name of the file that the process was started from.
        var root = new Command("decant", "Distils large BERT models into small fast ones.");
        root.Add(Verbose);
        foreach (CliCommand command in AllCommands.Create()) root.Add(command);
        root.Add(new HelpOption { Description = "Show help.", Action = new HelpText() });
        root.Add(new VersionOption { Description = "Show the version." });
        return root;
    }
}
