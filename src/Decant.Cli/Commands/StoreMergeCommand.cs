using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Reports;

namespace Decant.Cli.Commands;

/// <summary><c>decant store merge</c></summary>
internal sealed class StoreMergeCommand : CliCommand
{
    private readonly Argument<string> _target = new("target") { HelpName = "TARGET", Description = "The new store; a folder that is empty or not there." };
    private readonly Argument<string[]> _sources = new("stores") { HelpName = "STORE", Description = "The stores that are put together; they stay as they are.", Arity = ArgumentArity.OneOrMore };

    public StoreMergeCommand() : base("merge", "Put the parts of a divided build, or stores of several data sets, together in one.")
    {
        Add(_target);
        Add(_sources);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant store merge runs/whole runs/part-1 runs/part-2", "both parts of --shard 1/2 and --shard 2/2"),
        ("decant store merge runs/all runs/train.knowledge runs/augmented.knowledge", "original and augmented examples"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string target = arguments.GetRequiredValue(_target);
        StoreManifest merged = StoreMerger.Merge(target, arguments.GetRequiredValue(_sources));
        session.Output.WriteLine($"{target}: {merged.Records():N0} records in {Units.Bytes(merged.Bytes())}");
        return ExitCodes.Done;
    }
}
