using Decant.Distillation.Experiments;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Comparison;

/// <summary>A run folder that is complete: its recipe, its figures and its logs.</summary>
public sealed record FinishedRun
{
    private FinishedRun(RunPaths paths, RunResult result, Recipe recipe) => (Paths, Result, Recipe) = (paths, result, recipe);

    /// <summary>The folder.</summary>
    public RunPaths Paths { get; }

    /// <summary>Its figures.</summary>
    public RunResult Result { get; }

    /// <summary>Its effective recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>The folder of the best seed's model.</summary>
    public string BestModel => Paths.Seed(Result.BestSeed).Model;

    /// <summary>What each seed logged.</summary>
    public IEnumerable<IReadOnlyList<MetricsEntry>> Logs() =>
        from seed in Result.Seeds
        let path = Paths.Seed(seed.Seed).Metrics
        where File.Exists(path)
        select MetricsLog.Read(path);

    /// <summary>Opens a run folder.</summary>
    /// <param name="folder">As a recipe's <c>output</c> names it.</param>
    /// <exception cref="DecantException">It is not there, or not finished.</exception>
    public static FinishedRun Open(string folder)
    {
        var paths = new RunPaths(folder);
        RunResult result = ResultFile.Read<RunResult>(paths.Result)
            ?? throw new DecantException(Directory.Exists(folder)
                ? $"{folder} holds no finished run (no result.json). Run its recipe to the end first, with --resume if it was stopped."
                : $"{folder} does not exist. Name the folder of a finished run.");
        return new FinishedRun(paths, result, new RecipeFile(KnownObjectives.Catalog).Load(paths.Recipe));
    }
}
