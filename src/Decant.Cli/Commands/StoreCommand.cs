using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Cli.Usage;

namespace Decant.Cli.Commands;

/// <summary><c>decant store</c></summary>
internal sealed class StoreCommand : CliCommand
{
    public StoreCommand() : base("store", "Look at knowledge stores, check them, and put them together.")
    {
        Add(new StoreInspectCommand());
        Add(new StoreVerifyCommand());
        Add(new StoreMergeCommand());
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant store inspect runs/sst-2.knowledge", "what is in it, and what it was made from"),
        ("decant store verify runs/sst-2.knowledge", "read every byte"),
        ("decant store merge runs/whole runs/part-1 runs/part-2", "put the parts of a divided build together"),
    ];

    // Without a subcommand the parser has an error to tell, so that this is never reached.
    public override int Run(ParseResult arguments, Session session) => UsageErrors.Print(arguments, session);
}
