namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// The plain mean of several metrics, as GLUE scores tasks with two: accuracy and F1 (MRPC, QQP), Pearson and Spearman (STS-B).
/// </summary>
public sealed class MeanMetric : IMetric
{
    /// <summary>Makes the mean of some metrics.</summary>
    /// <param name="name">Its name in recipes and tables.</param>
    /// <param name="parts">The metrics averaged, at least one; all have to agree on whether higher is better.</param>
    public MeanMetric(string name, params IReadOnlyList<IMetric> parts)
    {
        if (parts.Count == 0) throw new ArgumentException("A mean needs at least one metric.", nameof(parts));
        if (parts.Any(part => part.HigherIsBetter != parts[0].HigherIsBetter))
            throw new ArgumentException("The parts of a mean do not agree on whether higher is better.", nameof(parts));
        Name = name;
        Parts = parts;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The metrics averaged.</summary>
    public IReadOnlyList<IMetric> Parts { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter => Parts[0].HigherIsBetter;

    /// <inheritdoc/>
    public bool IsPercentage => Parts.All(part => part.IsPercentage);

    /// <inheritdoc/>
    public double Compute(Predictions predictions) => Parts.Average(part => part.Compute(predictions));
}
