namespace Decant.Distillation.Planning;

/// <summary>What a recipe will do, before anything runs.</summary>
public sealed record ExperimentPlan
{
    /// <summary>Names and values, in the order to show them: task, data, teacher, student.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; }

    /// <summary>The stages.</summary>
    public required IReadOnlyList<StagePlan> Stages { get; init; }

    /// <summary>What looks wrong; nothing if all is well.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>What one stage will do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Updates">Optimiser updates.</param>
/// <param name="Epochs">Passes over the training examples.</param>
/// <param name="Objectives">Names with weights.</param>
/// <param name="Knowledge">What is asked of the teacher for every batch.</param>
/// <param name="LayerMap">Which teacher layer teaches which student layer, as a table; null without one.</param>
public sealed record StagePlan(string Name, long Updates, double Epochs, IReadOnlyList<string> Objectives, string Knowledge, string? LayerMap);
