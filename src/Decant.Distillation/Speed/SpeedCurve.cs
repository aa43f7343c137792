namespace Decant.Distillation.Speed;

/// <summary>What a FastBERT gives and costs at several speeds.</summary>
public sealed record SpeedCurve
{
    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>Where the examples came from.</summary>
    public required string Source { get; init; }

    /// <summary>How many there are.</summary>
    public required int Examples { get; init; }

    /// <summary>The metric that matters most.</summary>
    public required string BestMetric { get; init; }

    /// <summary>Layers of the model.</summary>
    public required int Layers { get; init; }

    /// <summary>Padded length that operations are counted for.</summary>
    public required int FlopsLength { get; init; }

    /// <summary>Operations of the same model without branches, which speed-ups are counted from.</summary>
    public required double BertFlops { get; init; }

    /// <summary>Texts in a batch, one for each measurement by the clock.</summary>
    public required IReadOnlyList<int> BatchSizes { get; init; }

    /// <summary>A model without branches, measured in the same turns; null for none. Its speed is 0 and its operations are <see cref="BertFlops"/>.</summary>
    public SpeedPoint? Baseline { get; init; }

    /// <summary>What throughput is compared with: the model without branches, or the first speed.</summary>
    public SpeedPoint Reference => Baseline ?? Points[0];

    /// <summary>The speeds, in the order in which they were given.</summary>
    public required IReadOnlyList<SpeedPoint> Points { get; init; }

    /// <summary>The value of the metric that matters most.</summary>
    /// <param name="point">One of the points.</param>
    public double Score(SpeedPoint point) => point.Metrics.First(m => m.Key == BestMetric).Value;
}
