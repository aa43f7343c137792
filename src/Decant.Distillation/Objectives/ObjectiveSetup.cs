using Decant.Distillation.Knowledge;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Students;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Objectives;

/// <summary>What is known when objectives are made, before the first batch.</summary>
public sealed record ObjectiveSetup
{
    /// <summary>The task.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>The student's transformer layers.</summary>
    public required int StudentLayers { get; init; }

    /// <summary>Width of the student's hidden states.</summary>
    public required int StudentHiddenSize { get; init; }

    /// <summary>The student's encoder, for objectives that read its word table; null where nothing is trained, as in a plan.</summary>
    public BertEncoder? Encoder { get; init; }

    /// <summary>The vocabulary of teacher and student; there where <see cref="Encoder"/> is.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <summary>The checkpoint that the trained model starts from; null for one from scratch.</summary>
    public ModelDirectory? Source { get; init; }

    /// <summary>Whether the student has a classifier on every layer (FastBERT). Default: false.</summary>
    public bool StudentHasBranches { get; init; }

    /// <summary>The teacher's shape; null when there is none.</summary>
    public TeacherShape? Teacher { get; init; }

    /// <summary>The projection to the teacher's width that came with the student's checkpoint; null where there is none.</summary>
    public StudentProjection? Projection { get; init; }

    /// <summary>Where an objective's own parameters take their first values from.</summary>
    public required RandomStream Random { get; init; }

    /// <summary>Where an objective's own parameters live.</summary>
    public Device Device { get; init; }

    /// <summary>The teacher's shape.</summary>
    /// <param name="objective">Who asks, for the message.</param>
    /// <exception cref="DecantException">The recipe has no teacher.</exception>
    public TeacherShape RequireTeacher(string objective) => Teacher ?? throw new DecantException(
        $"The objective '{objective}' learns from a teacher, but the recipe has none; add a 'teacher' section or drop the objective.");

    /// <summary>Refuses a teacher that answers another task.</summary>
    /// <param name="objective">Who asks, for the message.</param>
    /// <exception cref="DecantException">The recipe has no teacher, or one with another number of outputs.</exception>
    public void RequireTeacherOfTask(string objective)
    {
        int outputs = RequireTeacher(objective).Outputs;
        if (outputs != Task.Outputs)
            throw new DecantException($"The teacher has {outputs} outputs, the task {Task.Name} has {Task.Outputs}; it was trained for another task.");
    }
}
