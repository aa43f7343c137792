using Decant.Models.Checkpoints;

namespace Decant.Distillation.Experiments;

/// <summary>Finds a model: its folder, or the folder of the run that trained it.</summary>
public static class ModelLocation
{
    /// <summary>The folder that holds the weights.</summary>
    /// <param name="path">A model folder, a run folder (its best seed is taken), or the folder of one seed.</param>
    /// <exception cref="DecantException">There is no model.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(Path.Combine(path, "config.json"))) return path;
        var run = new RunPaths(path);
        if (File.Exists(Path.Combine(run.Model, "config.json"))) return run.Model;
        if (ResultFile.Read<RunResult>(run.Result) is { } result) return run.Seed(result.BestSeed).Model;
        throw new DecantException(Directory.Exists(path)
            ? $"{path} holds no model: neither a config.json nor a finished run. If its training was stopped, go on with --resume."
            : $"{path} does not exist. Name a model folder, or the folder of a finished run.");
    }

    /// <summary>Opens the model.</summary>
    /// <inheritdoc cref="Resolve"/>
    public static ModelDirectory Open(string path) => ModelDirectory.Open(Resolve(path));
}
