using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Reports;

namespace Decant.Cli.Commands;

/// <summary><c>decant store verify</c></summary>
internal sealed class StoreVerifyCommand : CliCommand
{
    private readonly Argument<string> _store = new("store") { HelpName = "STORE", Description = "The folder of a knowledge store." };

    public StoreVerifyCommand() : base("verify", "Read every byte of a knowledge store and say what is wrong with it.") => Add(_store);

    public override IReadOnlyList<(string Line, string Meaning)> Examples => [("decant store verify runs/sst-2.knowledge", "check a store before a long run")];

    public override int Run(ParseResult arguments, Session session)
    {
        StoreVerification found = StoreVerifier.Verify(arguments.GetRequiredValue(_store));
        session.Output.WriteLine($"{found.Records:N0} sound records in {Units.Bytes(found.Bytes)}");
        if (found.MissingParts is { } missing) session.Warn($"The store is only a part: {missing}. Put the parts together with 'decant store merge'.");
        foreach (string problem in found.Problems) session.Fail(problem);
        if (found.Problems.Count == 0) session.Output.WriteLine("All is well.");
        else session.Note("'decant teach' with --repair keeps what is whole and makes the rest again.");
        return found.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
