namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>One figure that says how good a set of predictions is.</summary>
public interface IMetric
{
    /// <summary>The name used in recipes, logs and tables, e.g. <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>Whether a larger value is better; <see langword="false"/> for errors such as <c>mse</c>.</summary>
    bool HigherIsBetter => true;

    /// <summary>Whether tables show the value times 100, as GLUE does; <see langword="false"/> for figures in the unit of the targets.</summary>
    bool IsPercentage => true;

    /// <summary>Computes the figure over all predictions at once (never as a mean over batches, which is wrong for F1 and correlations).</summary>
    /// <param name="predictions">Model outputs and what they should have been.</param>
    /// <returns>The metric, as a fraction: 0.915 for 91.5 %. Always finite; each metric documents what it returns where its formula divides by zero.</returns>
    /// <exception cref="DecantException">The metric does not fit the kind of predictions.</exception>
    double Compute(Predictions predictions);
}
