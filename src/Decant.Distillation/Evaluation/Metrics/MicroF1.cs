namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// F1 over the true and false positives of all classes together. With one class an example this equals accuracy;
/// for label sets it is 2·TP / (2·TP + FP + FN) over all labels, and 0 where nothing is true or predicted.
/// </summary>
public sealed class MicroF1 : IMetric
{
    /// <inheritdoc/>
    public string Name => "microF1";

    /// <inheritdoc/>
    public double Compute(Predictions predictions)
    {
        switch (predictions.Kind)
        {
            case PredictionKind.SingleLabel:
                return (double)ConfusionMatrix.Of(predictions).Correct / predictions.Count;
            case PredictionKind.MultiLabel:
                long hits = 0, denominator = 0;
                for (int label = 0; label < predictions.OutputCount; label++)
                {
                    var matrix = ConfusionMatrix.OfLabel(predictions, label);
                    hits += matrix[1, 1];
                    denominator += matrix.TrueTotal(1) + matrix.PredictedTotal(1);
                }
                return denominator == 0 ? 0 : 2.0 * hits / denominator;
            default:
                throw MetricErrors.DoesNotFit(Name, "classes or label sets", predictions, "pearson, spearman or mse");
        }
    }
}
