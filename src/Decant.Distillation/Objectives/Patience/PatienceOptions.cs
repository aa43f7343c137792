using System.ComponentModel.DataAnnotations;
using Decant.Distillation.LayerMaps;

namespace Decant.Distillation.Objectives.Patience;

/// <summary>Options of <see cref="PatienceObjective"/>.</summary>
public sealed record PatienceOptions
{
    /// <summary>Factor of the loss, from 0. Default: 100; PKD searches 10, 100, 500 and 1000.</summary>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 100;

    /// <summary>Which teacher layer teaches which student layer: <c>skip</c>, <c>last</c>, a list of teacher layers such as <c>[2, 4, 6, 8, 10]</c>, counted from 1. Default: skip (PKD-Skip).</summary>
    public LayerMapRule Layers { get; init; } = LayerMapRule.Skip;

    /// <summary>Compare directions, by dividing each vector by its length. Default: true (the paper). The best released MNLI, QNLI, QQP and RACE students were trained without.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>
    /// <c>mean</c> over examples × layers × neurons (released PKD code, which the published weights fit), or <c>sum</c> over layers and neurons
    /// and mean over examples (the paper's formula). Default: mean.
    /// </summary>
    public PatienceReduction Reduction { get; init; } = PatienceReduction.Mean;
}

/// <summary>What the squared distances are divided by.</summary>
public enum PatienceReduction
{
    /// <summary>Examples × layers × neurons.</summary>
    Mean,
    /// <summary>Examples.</summary>
    Sum,
}
