using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Runs;

namespace Decant.Cli.Commands;

/// <summary>Runs a recipe with progress, and prints what came out: shared by <c>run</c>, <c>finetune</c> and <c>distill</c>.</summary>
internal static class RunResults
{
    public static void RunAndPrint(Recipe recipe, bool resume, Session session)
    {
        ExperimentProgress.Watch(session, observer => new Experiment(recipe, observer).Run(resume, session.Cancel));
        RunFolder run = RunFolder.Open(recipe.OutputFolder());
        RunReport.Write(run);
        session.Output.Write(RunComparison.Of([run]).ToTextTable().ToText());
        session.Output.WriteLine();
        session.Output.WriteLine($"model   {run.BestModel}");
        session.Output.WriteLine($"report  {run.Paths.Report}");
    }
}
