using System.CommandLine;
using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Sweeps;
using Decant.Distillation.Training;

namespace Decant.Cli.Commands;

/// <summary><c>decant sweep</c></summary>
internal sealed class SweepCommand : CliCommand
{
    private readonly Argument<string> _sweep = new("sweep") { HelpName = "SWEEP", Description = "The sweep, a YAML file: a recipe, a grid of values, seeds." };
    private readonly Option<string[]> _set = new("--set") { HelpName = "key=value", Description = "Set a value of the sweep's own file. May be given several times." };
    private readonly Option<bool> _list = new("--list") { Description = "Only show the trials and which of them are done." };

    public SweepCommand() : base("sweep", "Try a grid of values over seeds; finished trials are kept, so it can be stopped and run again.")
    {
        Add(_sweep);
        Add(_set);
        Add(_list);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("DECANT_TASK=mrpc decant sweep recipes/sweeps/pkd/kd.yaml", "the grid of the PKD paper for vanilla distillation"),
        ("decant sweep my-sweep.yaml --list", "what would run"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        var overrides = (arguments.GetValue(_set) ?? []).Select(RecipeOverride.Parse);
        Sweep sweep = Sweep.Load(arguments.GetRequiredValue(_sweep), KnownObjectives.Catalog, overrides);
        if (arguments.GetValue(_list))
        {
            List(sweep, session);
            return ExitCodes.Done;
        }
        SweepSummary summary = ExperimentProgress.Watch(session, observer =>
            new SweepRunner().Run(sweep, recipe => RunTrial(recipe, observer, session.Cancel), progress => Announce(progress, observer), session.Cancel));
        summary.Write(sweep.Output, sweep.Name);
        Print(sweep, summary, session);
        return summary.Missing == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static TrialResult RunTrial(Recipe recipe, IExperimentObserver observer, CancellationToken stop)
    {
        try
        {
            RunResult result = new Experiment(recipe, observer).Run(resume: true, stop);
            return new TrialResult(result.Seeds[0].Metrics);
        }
        catch (TrainingStoppedException e) when (stop.IsCancellationRequested)
        {
            // The trial has not failed: it goes on the next time.
            throw new OperationCanceledException(e.Message, e, stop);
        }
    }

    private static void Announce(SweepProgress progress, ExperimentProgress view) =>
        view.Note($"trial {progress.Done + 1} of {progress.Total}: {progress.Trial.Setting}, seed {progress.Trial.Seed}");

    private static void List(Sweep sweep, Session session)
    {
        SweepLedger ledger = SweepLedger.Open(sweep.LedgerPath);
        foreach (SweepTrial trial in sweep.Trials)
            session.Output.WriteLine($"{(ledger.Finished(trial.Id) is null ? "open" : "done")}  seed {trial.Seed}  {trial.Setting}");
    }

    private static void Print(Sweep sweep, SweepSummary summary, Session session)
    {
        session.Output.Write(summary.ToTable().ToText());
        session.Output.WriteLine();
        if (summary.Best is { } best) session.Output.WriteLine($"best   {best.Setting}");
        session.Output.WriteLine($"table  {Path.Combine(sweep.Output, "sweep.md")}");
        foreach (LedgerEntry failed in summary.Failed) session.Warn($"seed {failed.Seed}, {string.Join(", ", failed.Setting.Select(v => $"{v.Key} {v.Value}"))} failed: {failed.Error}");
        if (summary.Missing > 0) session.Warn($"{summary.Missing} of {sweep.Trials.Count} trials have not finished; run the same command again to try them.");
    }
}
