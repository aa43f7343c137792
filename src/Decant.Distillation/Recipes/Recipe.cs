using System.ComponentModel.DataAnnotations;
using Decant.Models.FastBert;

namespace Decant.Distillation.Recipes;

/// <summary>One experiment: what is learnt, from whom, by whom, in which stages. One YAML file is one recipe.</summary>
/// <remarks>
/// Keys in the file are the property names in camelCase. Paths are relative to the working directory.
/// Two recipes are equal when all their values are.
/// </remarks>
public sealed record Recipe : IRecipeRules
{
    /// <summary>Short name, used for the run folder. Default: the file's name without its extension.</summary>
    [RegularExpression(@"[A-Za-z0-9][A-Za-z0-9._-]*", ErrorMessage = "a name of letters, digits, '.', '-' and '_'")]
    public string? Name { get; init; }

    /// <summary>One or two sentences for the reader of the report. Default: none.</summary>
    public string? Description { get; init; }

    /// <summary>The publication that the recipe follows. Default: none.</summary>
    public string? Cite { get; init; }

    /// <summary>The task and its data. Required.</summary>
    public required TaskOptions Task { get; init; }

    /// <summary>The teacher. Default: none, for plain fine-tuning.</summary>
    public TeacherOptions? Teacher { get; init; }

    /// <summary>The model that is trained. Required.</summary>
    public required StudentOptions Student { get; init; }

    /// <summary><c>online</c>: the teacher runs beside the student; otherwise the path of a knowledge store. Default: online.</summary>
    public string Knowledge { get; init; } = "online";

    /// <summary>The stages, in the order in which they run. At least one.</summary>
    [MinLength(1)]
    public required ValueList<StageOptions> Stages { get; init; }

    /// <summary>One run for each seed. Default: [1]. The papers' tables are over several; use three or more.</summary>
    [MinLength(1), Range(0, int.MaxValue)]
    public ValueList<int> Seeds { get; init; } = [1];

    /// <summary>The run folder. Default: <c>runs/NAME</c>.</summary>
    public string? Output { get; init; }

    /// <summary>CPU threads, 0 to 1024; 0 takes all cores. Default: 0. Sums of floating-point numbers depend on it in their last bits.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Where tensors live: <c>auto</c>, <c>cpu</c> or <c>cuda</c>. Default: auto, a GPU where there is one.</summary>
    public DeviceName Device { get; init; } = DeviceName.Auto;

    /// <summary>The teacher runs beside the student, rather than a store being read.</summary>
    public bool IsOnline() => Knowledge == "online";

    /// <summary>All stages: that of the teacher, where the recipe fine-tunes it, and those of the student.</summary>
    public IEnumerable<StageOptions> AllStages() => Teacher?.Finetune is { } finetune ? Stages.Prepend(finetune) : Stages;

    /// <summary>The run folder: <see cref="Output"/>, or <c>runs/NAME</c>.</summary>
    public string OutputFolder() => Output ?? Path.Combine("runs", Name ?? "recipe");

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (Seeds.Distinct().Count() != Seeds.Count)
            yield return new("seeds", "names a seed twice; each seed is one run");
        if (Knowledge.Length == 0)
            yield return new("knowledge", "must be 'online' or the path of a knowledge store");
        if (Teacher is null && Student.From == StudentOptions.FromTeacher)
            yield return new("student.from", "is 'teacher', but the recipe has no teacher; add the teacher section or give the path of a model");
        const string noTexts = "is true, but there are no such texts; name their files in task.unlabelled";
        if (Teacher?.Finetune is { Unlabelled: true } && Task.Unlabelled is null)
            yield return new("teacher.finetune.unlabelled", noTexts);
        foreach ((int i, StageOptions stage) in Stages.Index())
        {
            if (stage.Train != FastBertPart.All && Student.FastBert is null)
                yield return new($"stages.{i}.train", "chooses a part of a FastBERT; add student.fastBert, or leave it out");
            if (stage.Unlabelled && Task.Unlabelled is null)
                yield return new($"stages.{i}.unlabelled", noTexts);
        }
        if (Stages.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return new("stages", $"has two stages named '{twice.Key}'; give each its own name");
    }
}

/// <summary>Where tensors live.</summary>
public enum DeviceName
{
    /// <summary>A GPU where there is one, else the CPU.</summary>
    Auto,
    /// <summary>The CPU.</summary>
    Cpu,
    /// <summary>The first CUDA GPU.</summary>
    Cuda,
}
