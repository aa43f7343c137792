namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// The share of examples predicted rightly. For label sets the whole set must be right (subset accuracy, as in scikit-learn).
/// </summary>
public sealed class Accuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public double Compute(Predictions predictions) => predictions.Kind switch
    {
        PredictionKind.SingleLabel => (double)ConfusionMatrix.Of(predictions).Correct / predictions.Count,
        PredictionKind.MultiLabel => (double)Enumerable.Range(0, predictions.Count).Count(i => SetIsRight(predictions, i)) / predictions.Count,
        _ => throw MetricErrors.DoesNotFit(Name, "classes or label sets", predictions, "pearson, spearman or mse"),
    };

    private static bool SetIsRight(Predictions predictions, int example)
    {
        for (int label = 0; label < predictions.OutputCount; label++)
            if (predictions.PredictsLabel(example, label) != (predictions.Labels[example * predictions.OutputCount + label] == 1)) return false;
        return true;
    }
}
