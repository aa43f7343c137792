using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Recipes;

/// <summary>When dev is evaluated and which weights the stage hands on.</summary>
public sealed record EvaluateOptions
{
    /// <summary><c>epoch</c>, <c>never</c> or a number of steps; unless never, also at the end of the stage. Default: epoch (PKD code).</summary>
    public Cadence Every { get; init; } = Cadence.Epoch;

    /// <summary>Weights handed on: those with the <c>best</c> dev metric, or the <c>last</c>. Default: best (PKD code).</summary>
    public KeepMode Keep { get; init; } = KeepMode.Best;
}

/// <summary>Weights that a stage hands on.</summary>
public enum KeepMode
{
    /// <summary>Those with the best dev metric; the earlier of two equal ones.</summary>
    Best,
    /// <summary>Those after the last update.</summary>
    Last,
}

/// <summary>Stops a stage whose dev metric no longer improves.</summary>
public sealed record EarlyStopOptions
{
    /// <summary>Evaluations without improvement that are borne, 1 to 1000. Required.</summary>
    [Range(1, 1000)]
    public required int Patience { get; init; }

    /// <summary>Least rise of the metric that counts as improvement, 0 to 1. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double MinDelta { get; init; }
}
