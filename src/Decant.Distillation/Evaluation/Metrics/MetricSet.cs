namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>The metrics of a task, in the order they are shown. The first one decides which checkpoint is best.</summary>
public sealed class MetricSet
{
    private static readonly IMetric[] All =
    [
        new Accuracy(), new F1Score(), new MacroF1(), new MicroF1(), new MatthewsCorrelation(),
        new PearsonCorrelation(), new SpearmanCorrelation(), new MeanSquaredError(),
        new MeanMetric("accuracyAndF1", new Accuracy(), new F1Score()),
        new MeanMetric("pearsonAndSpearman", new PearsonCorrelation(), new SpearmanCorrelation()),
    ];

    private MetricSet(IReadOnlyList<IMetric> metrics) => Metrics = metrics;

    /// <summary>The names of all metrics.</summary>
    public static IReadOnlyList<string> KnownNames { get; } = [.. All.Select(metric => metric.Name)];

    /// <summary>The metrics, at least one, without repetition.</summary>
    public IReadOnlyList<IMetric> Metrics { get; }

    /// <summary>The metric by which checkpoints are compared.</summary>
    public IMetric Primary => Metrics[0];

    /// <summary>Finds metrics by name.</summary>
    /// <param name="names">Names out of <see cref="KnownNames"/>, the deciding one first.</param>
    /// <exception cref="DecantException">A name is unknown or repeated, or none is given.</exception>
    public static MetricSet For(params IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            throw new DecantException($"No metric is named. Name at least one of: {string.Join(", ", KnownNames)}.");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new DecantException($"The metric '{repeated.Key}' is named {repeated.Count()} times; name it once.");
        return new MetricSet([.. names.Select(Find)]);
    }

    /// <summary>Finds one metric by name.</summary>
    /// <param name="name">A name out of <see cref="KnownNames"/>.</param>
    /// <exception cref="DecantException">The name is unknown; the message gives the nearest.</exception>
    public static IMetric Find(string name) =>
        Array.Find(All, metric => metric.Name == name)
        ?? throw new DecantException($"There is no metric '{name}'. {(NearestName.Of(name, KnownNames) is { } near ? $"Did you mean '{near}'? " : "")}Known are: {string.Join(", ", KnownNames)}.");

    /// <summary>Computes every metric.</summary>
    /// <param name="predictions">Model outputs and what they should have been.</param>
    /// <returns>Name and value (a fraction, finite) in the order of <see cref="Metrics"/>.</returns>
    public IReadOnlyList<KeyValuePair<string, double>> Compute(Predictions predictions) =>
        [.. Metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Compute(predictions)))];
}
