namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// The plain mean of each class's F1. As in scikit-learn, a class that is neither true nor predicted for any example
/// is left out of the mean, while for label sets every label counts (with F1 = 0 for an empty one).
/// </summary>
public sealed class MacroF1 : IMetric
{
    /// <inheritdoc/>
    public string Name => "macroF1";

    /// <inheritdoc/>
    public double Compute(Predictions predictions)
    {
        switch (predictions.Kind)
        {
            case PredictionKind.SingleLabel:
                var matrix = ConfusionMatrix.Of(predictions);
                return Enumerable.Range(0, matrix.Classes)
                    .Where(c => matrix.TrueTotal(c) + matrix.PredictedTotal(c) > 0)
                    .Average(matrix.F1);
            case PredictionKind.MultiLabel:
                return Enumerable.Range(0, predictions.OutputCount)
                    .Average(label => ConfusionMatrix.OfLabel(predictions, label).F1(positive: 1));
            default:
                throw MetricErrors.DoesNotFit(Name, "classes or label sets", predictions, "pearson, spearman or mse");
        }
    }
}
