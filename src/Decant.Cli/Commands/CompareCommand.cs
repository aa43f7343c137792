using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Runs;

namespace Decant.Cli.Commands;

/// <summary><c>decant compare</c></summary>
internal sealed class CompareCommand : CliCommand
{
    private readonly Argument<string[]> _runs = new("runs") { HelpName = "RUN", Arity = ArgumentArity.OneOrMore, Description = "Folders of finished runs on one task." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print a Markdown table." };

    private readonly Option<bool> _time = new("--time") { Description = "Measure the time of inference too, on the dev split at its real lengths." };

    public CompareCommand() : base("compare", "Put runs side by side: scores over seeds, parameters, size, and what is kept of the teacher.")
    {
        Add(_runs);
        Add(_json);
        Add(_markdown);
        Add(_time);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant compare runs/small/sst-2/*", "all runs on a task"),
        ("decant compare runs/kd runs/pkd-skip --time --markdown", "a table for a document, with times"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        RunFolder[] runs = [.. arguments.GetRequiredValue(_runs).Select(RunFolder.Open)];
        ComparisonTable table = RunComparison.Of(runs);
        if (arguments.GetValue(_time))
        {
            RunTiming timing = RunTiming.Measure(runs);
            table = RunComparison.Of(runs, timing.SecondsOf, timing.Of);
            session.Note($"Time is that of {timing.Of}.");
        }
        if (arguments.GetValue(_json)) WriteJson(table, session);
        else session.Output.Write(arguments.GetValue(_markdown) ? table.ToTextTable().ToMarkdown() : table.ToTextTable().ToText());
        return ExitCodes.Done;
    }

    private static void WriteJson(ComparisonTable table, Session session) => JsonOutput.Write(session, writer =>
    {
        writer.WriteStartArray();
        foreach (ComparisonRow row in table.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("system", row.System);
            writer.WriteBoolean("isTeacher", row.IsTeacher);
            writer.WriteStartObject("scores");
            foreach ((string name, SeedStatistics score) in row.Scores)
            {
                writer.WriteStartObject(name);
                writer.WriteNumber("mean", score.Mean);
                if (score.StandardDeviation is { } deviation) writer.WriteNumber("standardDeviation", deviation);
                writer.WriteNumber("seeds", score.Count);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            if (row.Parameters is { } parameters) writer.WriteNumber("parameters", parameters);
            if (row.Bytes is { } bytes) writer.WriteNumber("bytes", bytes);
            if (row.Seconds is { } seconds) writer.WriteNumber("seconds", seconds);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
