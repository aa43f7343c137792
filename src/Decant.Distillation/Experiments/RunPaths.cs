namespace Decant.Distillation.Experiments;

/// <summary>Where the files of a run are.</summary>
/// <param name="Root">The run folder.</param>
public sealed record RunPaths(string Root)
{
    /// <summary>The effective recipe.</summary>
    public string Recipe => Path.Combine(Root, "recipe.yaml");

    /// <summary>Machine and versions.</summary>
    public string Environment => Path.Combine(Root, "environment.json");

    /// <summary>The figures of all seeds.</summary>
    public string Result => Path.Combine(Root, "result.json");

    /// <summary>The report for people.</summary>
    public string Report => Path.Combine(Root, "report.html");

    /// <summary>The teacher that a recipe fine-tunes first.</summary>
    public RunPaths Teacher => new(Path.Combine(Root, "teacher"));

    /// <summary>The folder of one seed.</summary>
    /// <param name="seed">The seed.</param>
    public RunPaths Seed(int seed) => new(Path.Combine(Root, $"seed-{seed}"));

    /// <summary>The trained model, in Hugging Face form.</summary>
    public string Model => Path.Combine(Root, "model");

    /// <summary>The log of every figure.</summary>
    public string Metrics => Path.Combine(Root, "metrics.jsonl");

    /// <summary>TensorBoard event files.</summary>
    public string TensorBoard => Path.Combine(Root, "tensorboard");

    /// <summary>Checkpoints of running stages.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");
}
