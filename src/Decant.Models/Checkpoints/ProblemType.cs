namespace Decant.Models.Checkpoints;

/// <summary>What the outputs of a classifier mean: <c>problem_type</c> of a <c>config.json</c>.</summary>
public enum ProblemType
{
    /// <summary>One label of several: softmax, cross-entropy. <c>single_label_classification</c>.</summary>
    SingleLabel,
    /// <summary>Any number of labels: a sigmoid each. <c>multi_label_classification</c>.</summary>
    MultiLabel,
    /// <summary>A number: mean squared error. <c>regression</c>.</summary>
    Regression,
}

/// <summary>The names of problem types in <c>config.json</c>.</summary>
public static class ProblemTypes
{
    /// <summary>The name in <c>config.json</c>.</summary>
    /// <param name="type">The meaning.</param>
    public static string Name(ProblemType type) => type switch
    {
        ProblemType.SingleLabel => "single_label_classification",
        ProblemType.MultiLabel => "multi_label_classification",
        ProblemType.Regression => "regression",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a problem type."),
    };

    /// <summary>The meaning of a name; null for none.</summary>
    /// <param name="name">The value of <c>problem_type</c>.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DecantException">The name is not known.</exception>
    public static ProblemType? Parse(string? name, string path) => name switch
    {
        null => null,
        "single_label_classification" => ProblemType.SingleLabel,
        "multi_label_classification" => ProblemType.MultiLabel,
        "regression" => ProblemType.Regression,
        _ => throw new DecantException($"{path}: problem_type '{name}' is not known; it is single_label_classification, multi_label_classification or regression."),
    };
}
