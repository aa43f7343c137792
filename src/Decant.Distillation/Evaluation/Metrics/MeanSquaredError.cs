namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>The mean squared difference of predicted and true numbers, in squared units of the target; less is better.</summary>
public sealed class MeanSquaredError : IMetric
{
    /// <inheritdoc/>
    public string Name => "mse";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public bool IsPercentage => false;

    /// <inheritdoc/>
    public double Compute(Predictions predictions)
    {
        if (predictions.Kind != PredictionKind.Regression)
            throw MetricErrors.DoesNotFit(Name, "numbers (regression)", predictions, "accuracy, macroF1 or microF1");
        double sum = 0;
        for (int i = 0; i < predictions.Count; i++)
        {
            double error = (double)predictions.Outputs[i] - predictions.Targets[i];
            sum += error * error;
        }
        return sum / predictions.Count;
    }
}
