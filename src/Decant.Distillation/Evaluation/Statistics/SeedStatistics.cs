namespace Decant.Distillation.Evaluation.Statistics;

/// <summary>One figure over several runs that differ in nothing but their seed.</summary>
public sealed record SeedStatistics
{
    /// <summary>Sums up the figure of each seed.</summary>
    /// <param name="values">One finite value a seed, at least one.</param>
    /// <exception cref="ArgumentException">No value, or one that is not finite.</exception>
    public SeedStatistics(params IReadOnlyList<double> values)
    {
        if (values.Count == 0) throw new ArgumentException("Statistics need at least one value.", nameof(values));
        if (values.Any(value => !double.IsFinite(value))) throw new ArgumentException("Statistics need finite values.", nameof(values));
        Values = values;
        Mean = values.Average();
        if (values.Count > 1) StandardDeviation = Math.Sqrt(values.Sum(value => (value - Mean) * (value - Mean)) / (values.Count - 1));
    }

    /// <summary>One value a seed, in the order given.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Number of seeds, at least 1.</summary>
    public int Count => Values.Count;

    /// <summary>The arithmetic mean.</summary>
    public double Mean { get; }

    /// <summary>The sample standard deviation (divided by n − 1): how far one more seed would be expected to land from the mean. <see langword="null"/> for a single seed.</summary>
    public double? StandardDeviation { get; }

    /// <summary>The smallest value.</summary>
    public double Min => Values.Min();

    /// <summary>The largest value.</summary>
    public double Max => Values.Max();

    /// <summary>The best value. Papers that report it hide the luck of the draw: prefer <see cref="Mean"/> and <see cref="StandardDeviation"/>.</summary>
    /// <param name="higherIsBetter"><see langword="false"/> for errors.</param>
    public double Best(bool higherIsBetter = true) => higherIsBetter ? Max : Min;

    /// <summary>Two are equal when their values are.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(SeedStatistics? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Mean);
}
