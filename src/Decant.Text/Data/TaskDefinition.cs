namespace Decant.Text.Data;

/// <summary>What is asked of a model: the kind of answer, the labels in class order, and how the answer is judged.</summary>
public sealed record TaskDefinition
{
    /// <summary>Name as written in recipes, such as <c>sst-2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of answer.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Label names in class order: label <c>i</c> belongs to logit <c>i</c>. Empty for regression and multiple choice.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The metrics to report, from <see cref="MetricNames"/>.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>The metric that chooses the best checkpoint; one of <see cref="Metrics"/>, higher is better.</summary>
    public required string BestMetric { get; init; }

    /// <summary>True if every example is two texts, encoded as <c>[CLS] a [SEP] b [SEP]</c>.</summary>
    public bool IsPair { get; init; }

    /// <summary>Choices of an example; 1 unless the kind is <see cref="TaskKind.MultipleChoice"/>.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Number of logits per sequence: the labels; 1 for regression and for multiple choice (one score per choice).</summary>
    public int Outputs => Kind is TaskKind.Regression or TaskKind.MultipleChoice ? 1 : Labels.Count;

    /// <summary>The class index of a label.</summary>
    /// <param name="label">A label name, compared exactly.</param>
    /// <returns>0 … <see cref="Labels"/>.Count − 1, or −1 if the task has no such label.</returns>
    public int IndexOf(string label)
    {
        for (int i = 0; i < Labels.Count; i++)
            if (string.Equals(Labels[i], label, StringComparison.Ordinal)) return i;
        return -1;
    }
}
