namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// Spearman's rank correlation of predicted and true numbers, −1 to 1, as GLUE uses it for STS-B; equal values share
/// the mean of their ranks. 0 where either side is constant (SciPy gives NaN; see <see cref="PearsonCorrelation"/>).
/// </summary>
public sealed class SpearmanCorrelation : IMetric
{
    /// <inheritdoc/>
    public string Name => "spearman";

    /// <inheritdoc/>
    public double Compute(Predictions predictions) =>
        predictions.Kind == PredictionKind.Regression
            ? Correlation.Of(Ranks.Of(predictions.Outputs), Ranks.Of(predictions.Targets))
            : throw MetricErrors.DoesNotFit(Name, "numbers (regression)", predictions, "accuracy, macroF1 or microF1");
}
