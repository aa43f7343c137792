using System.CommandLine;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;

namespace Decant.Cli.Commands;

/// <summary>A recipe and what is set over it: <c>RECIPE [--set key=value …] [--output FOLDER]</c>.</summary>
internal sealed class RecipeArguments
{
    private readonly Argument<string> _recipe = new("recipe") { HelpName = "RECIPE", Description = "The recipe, a YAML file." };
    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "key=value",
        Description = "Set a value of the recipe, e.g. stages.0.epochs=2. May be given several times.",
    };
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FOLDER", Description = "The run folder, in place of the recipe's." };

    public void AddTo(Command command)
    {
        command.Add(_recipe);
        command.Add(_set);
        command.Add(_output);
    }

    /// <summary>The recipe as the command line gives it.</summary>
    public Recipe Load(ParseResult arguments)
    {
        var overrides = (arguments.GetValue(_set) ?? []).Select(RecipeOverride.Parse).ToArray();
        Recipe recipe = new RecipeFile(KnownObjectives.Catalog).Load(arguments.GetRequiredValue(_recipe), overrides);
        return arguments.GetValue(_output) is { } output ? recipe with { Output = output } : recipe;
    }

    public static Option<bool> Resume() => new("--resume") { Description = "Go on where an earlier run of the same recipe stopped; finished seeds are kept." };
}
