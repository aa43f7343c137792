namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>
/// Matthews correlation coefficient, −1 to 1, as GLUE uses it for CoLA; for more than two classes its generalisation
/// R_K (Gorodkin 2004). 0 where only one class is true or only one is predicted (scikit-learn's convention).
/// </summary>
public sealed class MatthewsCorrelation : IMetric
{
    /// <inheritdoc/>
    public string Name => "matthews";

    /// <inheritdoc/>
    public double Compute(Predictions predictions)
    {
        if (predictions.Kind != PredictionKind.SingleLabel)
            throw MetricErrors.DoesNotFit(Name, "one class an example", predictions, predictions.Kind == PredictionKind.MultiLabel ? "macroF1 or microF1" : "pearson or spearman");
        var matrix = ConfusionMatrix.Of(predictions);
        double n = matrix.Total, trueSquares = 0, predictedSquares = 0, products = 0;
        for (int c = 0; c < matrix.Classes; c++)
        {
            double truth = matrix.TrueTotal(c), predicted = matrix.PredictedTotal(c);
            products += truth * predicted;
            trueSquares += truth * truth;
            predictedSquares += predicted * predicted;
        }
        double spread = (n * n - trueSquares) * (n * n - predictedSquares);
        return spread == 0 ? 0 : (matrix.Correct * n - products) / Math.Sqrt(spread);
    }
}
