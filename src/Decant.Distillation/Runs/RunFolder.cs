using Decant.Distillation.Experiments;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Reports;

namespace Decant.Distillation.Runs;

/// <summary>A finished run: its recipe, its result and where its files are.</summary>
public sealed class RunFolder
{
    private RunFolder(RunPaths paths, RunResult result, Recipe recipe) => (Paths, Result, Recipe) = (paths, result, recipe);

    /// <summary>Where its files are.</summary>
    public RunPaths Paths { get; }

    /// <summary>What came out.</summary>
    public RunResult Result { get; }

    /// <summary>The effective recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>The machine it ran on; null where it was not written down.</summary>
    public EnvironmentInfo? Environment => File.Exists(Paths.Environment) ? EnvironmentJson.Read(Paths.Environment) : null;

    /// <summary>Folder of the model of the best seed.</summary>
    public string BestModel => Paths.Seed(Result.BestSeed).Model;

    /// <summary>Folder of the teacher's model; null for a run without one.</summary>
    public string? TeacherModel => Recipe.Teacher switch
    {
        null => null,
        { Model: { } model } => LocateTeacher(model),
        _ => Paths.Teacher.Model,
    };

    /// <summary>Opens a run folder.</summary>
    /// <param name="path">The folder that <c>decant run</c> wrote.</param>
    /// <exception cref="DecantException">It is no run, or not finished.</exception>
    public static RunFolder Open(string path)
    {
        var paths = new RunPaths(path);
        if (!Directory.Exists(path)) throw new DecantException($"{path} does not exist. Name the folder of a run.");
        if (!File.Exists(paths.Recipe)) throw new DecantException($"{path} is no run: it holds no recipe.yaml. Name a folder that decant run wrote.");
        if (ResultFile.Read<RunResult>(paths.Result) is not { } result)
            throw new DecantException($"The run in {path} is not finished. Go on with: decant run {paths.Recipe} --resume");
        return new RunFolder(paths, result, new RecipeFile(KnownObjectives.Catalog).Load(paths.Recipe));
    }

    // A teacher that was moved away since does not make the run's figures unreadable.
    private static string LocateTeacher(string model)
    {
        try { return ModelLocation.Resolve(model); }
        catch (DecantException) { return model; }
    }
}
