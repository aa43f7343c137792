namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>The errors that several metrics share.</summary>
internal static class MetricErrors
{
    public static string Describe(Predictions predictions) => predictions.Kind switch
    {
        PredictionKind.SingleLabel => $"predictions of one class out of {predictions.OutputCount}",
        PredictionKind.MultiLabel => $"label sets of {predictions.OutputCount} labels",
        _ => "numbers (regression)",
    };

    public static DecantException DoesNotFit(string metric, string needs, Predictions predictions, string instead) =>
        new($"The metric {metric} needs {needs}, but the task gives {Describe(predictions)}. Use {instead}.");
}
