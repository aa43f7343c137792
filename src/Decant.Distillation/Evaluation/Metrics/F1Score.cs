namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// With two classes the F1 of the positive class 1, as GLUE defines it for MRPC and QQP: 2·TP / (2·TP + FP + FN), and 0
/// where class 1 is neither true nor predicted for any example (scikit-learn's convention).
/// With more classes, or label sets, the same as <see cref="MacroF1"/>.
/// </summary>
public sealed class F1Score : IMetric
{
    private static readonly MacroF1 Macro = new();

    /// <inheritdoc/>
    public string Name => "f1";

    /// <inheritdoc/>
    public double Compute(Predictions predictions) => predictions.Kind switch
    {
        PredictionKind.SingleLabel when predictions.OutputCount == 2 => ConfusionMatrix.Of(predictions).F1(positive: 1),
        PredictionKind.Regression => throw MetricErrors.DoesNotFit(Name, "classes or label sets", predictions, "pearson, spearman or mse"),
        _ => Macro.Compute(predictions),
    };
}
