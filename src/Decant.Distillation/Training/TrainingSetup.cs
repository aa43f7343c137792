using Decant.Distillation.Evaluation;
using Decant.Distillation.Objectives;
using Decant.Distillation.Training.Checkpoints;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Training;

/// <summary>What a stage is trained with.</summary>
public sealed record TrainingSetup
{
    /// <summary>The model whose parameters are trained; the caller's.</summary>
    public required IModel Model { get; init; }

    /// <summary>The training split.</summary>
    public required EncodedDataSet Train { get; init; }

    /// <summary>Measures the dev split.</summary>
    public required Evaluator Dev { get; init; }

    /// <summary>The objectives, summed.</summary>
    public required LossSum Loss { get; init; }

    /// <summary>The objectives by name, for the parameters of their own.</summary>
    public required IReadOnlyList<(string Name, IObjective Objective)> Objectives { get; init; }

    /// <summary>Where the stage's state goes.</summary>
    public required StageCheckpoint Checkpoint { get; init; }

    /// <summary>Seed of order and dropout.</summary>
    public required int Seed { get; init; }

    /// <summary>Id of the padding token. Default 0.</summary>
    public int PadId { get; init; }

    /// <summary>Where the model lives. Default: main memory.</summary>
    public Device Device { get; init; }

    /// <summary>Parameters of the objectives' own, named after them.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> ObjectiveParameters() =>
        from o in Objectives
        from p in o.Objective.Parameters
        select ($"objectives.{o.Name}.{p.Name}", p.Tensor);
}
