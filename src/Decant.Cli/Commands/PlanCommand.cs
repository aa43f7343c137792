using System.CommandLine;
using System.Globalization;
using Decant.Cli.Terminal;
using Decant.Distillation.Planning;

namespace Decant.Cli.Commands;

/// <summary><c>decant plan</c></summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly RecipeArguments _recipe = new();

    public PlanCommand() : base("plan", "Show what a recipe will do before anything runs: sizes, steps, memory, layer maps, warnings.") =>
        _recipe.AddTo(this);

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant plan recipes/small/sst-2/pkd-skip-6.yaml", "check a recipe"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        ExperimentPlan plan = new Planner(_recipe.Load(arguments)).Plan();
        FactList.Write(session.Output, plan.Facts);
        foreach (StagePlan stage in plan.Stages)
        {
            session.Output.WriteLine();
            session.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stage {stage.Name}: {stage.Updates} updates, {stage.Epochs:0.##} epochs"));
            session.Output.WriteLine($"  objectives  {string.Join(", ", stage.Objectives)}");
            session.Output.WriteLine($"  teacher     {stage.Knowledge}");
            if (stage.LayerMap is { } map)
                foreach (string line in map.TrimEnd('\n').Split('\n')) session.Output.WriteLine($"  {line}");
        }
        if (plan.Warnings.Count > 0) session.Output.WriteLine();
        foreach (string warning in plan.Warnings) session.Output.WriteLine($"warning: {warning}");
        return ExitCodes.Done;
    }
}
