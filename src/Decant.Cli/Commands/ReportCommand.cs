using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Runs;

namespace Decant.Cli.Commands;

/// <summary><c>decant report</c></summary>
internal sealed class ReportCommand : CliCommand
{
    private readonly Argument<string[]> _runs = new("runs") { HelpName = "RUN", Arity = ArgumentArity.OneOrMore, Description = "Folders of finished runs on one task." };
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FILE", Description = "The page. Default: report.html in the run's folder; for several runs, in the current folder." };
    private readonly Option<string?> _title = new("--title") { HelpName = "TEXT", Description = "The heading." };

    private readonly Option<bool> _time = new("--time") { Description = "Measure the time of inference too, on the dev split at its real lengths." };

    public ReportCommand() : base("report", "Write one self-contained HTML page: learning curves, comparison, accuracy against size.")
    {
        Add(_runs);
        Add(_output);
        Add(_title);
        Add(_time);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant report runs/small/sst-2/* -o sst-2.html --title 'SST-2, 12 to 6 layers'", "one page for several runs"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        RunFolder[] runs = [.. arguments.GetRequiredValue(_runs).Select(RunFolder.Open)];
        string path = arguments.GetValue(_output) ?? (runs.Length == 1 ? runs[0].Paths.Report : "report.html");
        RunTiming? timing = arguments.GetValue(_time) ? RunTiming.Measure(runs) : null;
        RunReport.Write(path, runs, RunComparison.Of(runs, timing is null ? null : timing.SecondsOf, timing?.Of), arguments.GetValue(_title));
        session.Output.WriteLine(path);
        return ExitCodes.Done;
    }
}
