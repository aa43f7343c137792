namespace Decant.Distillation.Experiments;

/// <summary>What came out of one seed: <c>result.json</c> of its folder.</summary>
public sealed record SeedResult
{
    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Dev metrics of the model that was kept.</summary>
    public required Dictionary<string, double> Metrics { get; init; }

    /// <summary>The metric that checkpoints are chosen by.</summary>
    public required string BestMetric { get; init; }

    /// <summary>Trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Updates of all stages.</summary>
    public required long Updates { get; init; }

    /// <summary>Seconds of training and evaluation since the last start.</summary>
    public required double Seconds { get; init; }

    /// <summary>The value of the metric that chooses.</summary>
    public double Score() => Metrics[BestMetric];
}

/// <summary>What came out of a run: <c>result.json</c> of the run folder.</summary>
public sealed record RunResult
{
    /// <summary>The recipe's name.</summary>
    public required string Name { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The metric that checkpoints are chosen by.</summary>
    public required string BestMetric { get; init; }

    /// <summary>One for each seed.</summary>
    public required List<SeedResult> Seeds { get; init; }

    /// <summary>The seed with the best dev score.</summary>
    public required int BestSeed { get; init; }

    /// <summary>The teacher's dev metrics; null without a teacher.</summary>
    public Dictionary<string, double>? Teacher { get; init; }

    /// <summary>The teacher's trained values.</summary>
    public long? TeacherParameters { get; init; }
}
