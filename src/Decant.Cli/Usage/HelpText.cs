using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Decant.Cli.Usage;

/// <summary>Help as System.CommandLine writes it, with examples at the end.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int Width = 110;
    private readonly HelpAction _standard = new() { MaxWidth = Width };

    /// <summary>Asking for help is no mistake, whatever else is on the line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        int code = _standard.Invoke(parsed);
        if (parsed.CommandResult.Command is CliCommand { Examples: { Count: > 0 } examples })
            WriteExamples(examples, parsed.InvocationConfiguration.Output);
        return code;
    }

    private static void WriteExamples(IReadOnlyList<(string Line, string Meaning)> examples, TextWriter output)
    {
        output.WriteLine("Examples:");
        foreach ((string line, string meaning) in examples)
        {
            output.WriteLine($"  # {meaning}");
            output.WriteLine($"  {line}");
        }
    }
}
