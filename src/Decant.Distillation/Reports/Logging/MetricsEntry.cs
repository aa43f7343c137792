namespace Decant.Distillation.Reports.Logging;

/// <summary>The figures of one moment of a run: one line of <c>metrics.jsonl</c>.</summary>
public sealed record MetricsEntry
{
    /// <summary>Optimiser steps done since the run began, over all stages; ≥ 0.</summary>
    public required long Step { get; init; }

    /// <summary>Passes over the training data done, fractions included; ≥ 0.</summary>
    public required double Epoch { get; init; }

    /// <summary>When the figures were taken. Kept to the millisecond, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Training or evaluation.</summary>
    public required MetricsKind Kind { get; init; }

    /// <summary>The stage of the recipe, where it has several.</summary>
    public string? Stage { get; init; }

    /// <summary>
    /// Names and values in the order to show them. A slash groups: <c>loss/total</c>, <c>loss/softLabels</c>,
    /// <c>learningRate</c>, <c>tokensPerSecond</c>, <c>accuracy</c>. A value may be NaN or infinite.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Values { get; init; }

    /// <summary>The value of a name, or <see langword="null"/> where the entry has none.</summary>
    /// <param name="name">A name, compared exactly.</param>
    public double? Value(string name)
    {
        foreach (var (key, value) in Values)
            if (key == name) return value;
        return null;
    }
}
