namespace Decant.Text.Data;

/// <summary>The metrics that a task can be judged by, as they are written in recipes and reports.</summary>
public static class MetricNames
{
    /// <summary>Share of examples whose predicted class is right, 0–1.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>F1 of class 1 for two classes (GLUE's MRPC and QQP); macro average over labels otherwise, 0–1.</summary>
    public const string F1 = "f1";

    /// <summary>Matthews correlation coefficient (CoLA), −1 to 1.</summary>
    public const string Matthews = "matthews";

    /// <summary>Pearson correlation (STS-B), −1 to 1.</summary>
    public const string Pearson = "pearson";

    /// <summary>Spearman rank correlation (STS-B), −1 to 1.</summary>
    public const string Spearman = "spearman";

    /// <summary>All of the names.</summary>
    public static IReadOnlyList<string> All { get; } = [Accuracy, F1, Matthews, Pearson, Spearman];
}
