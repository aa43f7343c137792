using System.CommandLine;
using System.CommandLine.Help;
using Decant.Cli.Commands;
using Decant.Cli.Terminal;
using Decant.Cli.Usage;

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
        RootCommand root = CreateRoot();
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
        catch (OperationCanceledException) when (session.Cancel.IsCancellationRequested)
        {
            session.Note("Interrupted.");
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

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("Distils large BERT models into small fast ones.");
        root.Add(Verbose);
        foreach (CliCommand command in AllCommands.Create()) root.Add(command);
        root.Options.OfType<HelpOption>().Single().Action = new HelpText();
        return root;
    }
}
