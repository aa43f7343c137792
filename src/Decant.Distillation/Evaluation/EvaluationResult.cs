namespace Decant.Distillation.Evaluation;

/// <summary>How a model does on a split.</summary>
/// <param name="Metrics">The task's metrics, in its order.</param>
/// <param name="BestMetric">The one that chooses between checkpoints.</param>
/// <param name="Answers">The model's answers: [examples × outputs], row-major; for multiple choice [examples × choices].</param>
public sealed record EvaluationResult(IReadOnlyList<KeyValuePair<string, double>> Metrics, string BestMetric, float[] Answers)
{
    /// <summary>The value of the metric that chooses.</summary>
    public double Score => this[BestMetric];

    /// <summary>A metric by its name.</summary>
    /// <param name="metric">Its name.</param>
    public double this[string metric] => Metrics.First(m => m.Key == metric).Value;
}
