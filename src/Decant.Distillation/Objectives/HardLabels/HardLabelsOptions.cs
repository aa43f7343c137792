using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Objectives.HardLabels;

/// <summary>Options of <see cref="HardLabelsObjective"/>.</summary>
public sealed record HardLabelsOptions
{
    /// <summary>Factor of the loss, from 0. Default: 1; distillation gives 1 − the weight of the soft labels (PKD).</summary>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 1;
}
