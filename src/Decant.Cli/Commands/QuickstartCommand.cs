using System.CommandLine;
using System.Diagnostics;
using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Runs;

namespace Decant.Cli.Commands;

/// <summary><c>decant quickstart</c></summary>
internal sealed class QuickstartCommand : CliCommand
{
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FOLDER", Description = "Folder of the runs and the report.", DefaultValueFactory = _ => Path.Combine("runs", "quickstart") };
    private readonly Option<string[]> _set = new("--set") { HelpName = "key=value", Description = "Set a value of every recipe, e.g. 'seeds=[1, 2, 3]'. May be given several times." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where an earlier call stopped." };

    public QuickstartCommand() : base("quickstart", "See it work in a few minutes: a teacher, students with and without it, a comparison, a report.")
    {
        Add(_output);
        Add(_set);
        Add(_resume);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant quickstart", "on text that a generator writes; nothing is downloaded"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string recipes = Path.Combine(AppContext.BaseDirectory, "recipes", "quickstart");
        var quickstart = new Quickstart(recipes, arguments.GetRequiredValue(_output), (arguments.GetValue(_set) ?? []).Select(RecipeOverride.Parse));
        var watch = Stopwatch.StartNew();
        ComparisonTable table = ExperimentProgress.Watch(session, (progress, view) => quickstart.Run(progress, new StoreProgress(view),
            recipe => progress.Note($"{recipe.Name}: {recipe.Description}"), arguments.GetValue(_resume), session.Cancel));
        session.Output.Write(table.ToTextTable().ToText());
        session.Output.WriteLine();
        session.Output.WriteLine($"time is that of {table.TimeOf}");
        session.Output.WriteLine($"report  {quickstart.Report}");
        session.Output.WriteLine($"try     decant predict {quickstart.Recipes[^1].OutputFolder()} 'The question was how I like the charger. The charger is not dull.'");
        session.Note($"Done in {Units.Seconds(watch.Elapsed.TotalSeconds)}.");
        return ExitCodes.Done;
    }
}
