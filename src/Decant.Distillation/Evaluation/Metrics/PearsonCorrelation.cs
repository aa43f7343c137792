namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// Pearson's correlation of predicted and true numbers, −1 to 1, as GLUE uses it for STS-B.
/// Where either side is constant the correlation is undefined (SciPy gives NaN); here it is 0, so that a model that
/// predicts one number for everything ranks below any that has learnt something.
/// </summary>
public sealed class PearsonCorrelation : IMetric
{
    /// <inheritdoc/>
    public string Name => "pearson";

    /// <inheritdoc/>
    public double Compute(Predictions predictions) =>
        predictions.Kind == PredictionKind.Regression
            ? Correlation.Of(Widen(predictions.Outputs), Widen(predictions.Targets))
            : throw MetricErrors.DoesNotFit(Name, "numbers (regression)", predictions, "accuracy, macroF1 or microF1");

    private static double[] Widen(IReadOnlyList<float> values) => [.. values.Select(value => (double)value)];
}
