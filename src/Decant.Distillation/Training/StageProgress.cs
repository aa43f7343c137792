namespace Decant.Distillation.Training;

/// <summary>How far a stage has come: all that has to be known, besides weights and moments, to go on to the same bits.</summary>
public sealed record StageProgress
{
    /// <summary>Updates made.</summary>
    public long Update { get; init; }

    /// <summary>Random words that dropout has drawn.</summary>
    public ulong DropoutPosition { get; init; }

    /// <summary>Whether dropout is still on (see <c>dropoutAfterFirstEval</c>).</summary>
    public bool Dropout { get; init; } = true;

    /// <summary>The best dev metric so far; null before the first evaluation.</summary>
    public double? BestMetric { get; init; }

    /// <summary>The update after which it was measured.</summary>
    public long BestUpdate { get; init; }

    /// <summary>Evaluations since then, for early stop.</summary>
    public int EvaluationsWithoutImprovement { get; init; }

    /// <summary>Whether the stage has ended; its checkpoint then holds the weights that it hands on.</summary>
    public bool Completed { get; init; }
}
