using System.CommandLine;
using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;

namespace Decant.Cli.Commands;

/// <summary><c>decant run</c></summary>
internal sealed class RunCommand : CliCommand
{
    private readonly RecipeArguments _recipe = new();
    private readonly Option<bool> _resume = RecipeArguments.Resume();

    public RunCommand() : base("run", "Run a recipe: train the teacher where it says so, then a student for every seed.")
    {
        _recipe.AddTo(this);
        Add(_resume);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant run recipes/small/sst-2/teacher.yaml", "fine-tune a teacher"),
        ("decant run recipes/small/sst-2/pkd-skip-6.yaml --set stages.0.epochs=2 --set 'seeds=[1, 2, 3]'", "distil students with values of your own"),
        ("decant run recipes/small/sst-2/pkd-skip-6.yaml --resume", "go on after an interruption"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        Recipe recipe = _recipe.Load(arguments);
        RunResults.RunAndPrint(recipe, arguments.GetValue(_resume), session);
        return ExitCodes.Done;
    }
}
