using System.Globalization;

namespace Decant.Text.Data;

/// <summary>Finds the labels of a user's training file and puts them in an order that does not depend on the rows'.</summary>
internal static class TableLabels
{
    /// <summary>More labels than this are a sign of a wrong column.</summary>
    public const int Most = 1000;

    public static TaskDefinition Task(TableOptions options, IReadOnlyList<TableRow> rows, string source)
    {
        TaskDefinition task = WithLabels(options, []);
        if (options.Kind == TaskKind.Regression) return task;
        IReadOnlyList<string> labels = options.Labels ?? Discover(rows);
        if (labels.Distinct(StringComparer.Ordinal).Count() != labels.Count)
            throw new DecantException($"The labels given for {options.Name} hold one twice: {string.Join(", ", labels)}.");
        if (labels.Count > Most)
            throw new DecantException($"{source}: '{options.Label}' holds {labels.Count} different labels, more than {Most}. Is it the right column? Numbers on a scale are a regression task.");
        int fewest = options.Kind == TaskKind.MultiLabel ? 1 : 2;
        if (labels.Count < fewest)
            throw new DecantException($"{source}: '{options.Label}' holds {(labels.Count == 0 ? "no label" : $"the label '{labels[0]}' only")}; a task needs at least {fewest}.");
        return task with { Labels = labels };
    }

    /// <summary>The task of a file whose labels are given or not needed.</summary>
    public static TaskDefinition WithLabels(TableOptions options, IReadOnlyList<string> labels)
    {
        (string[] metrics, string best) = options.Kind switch
        {
            TaskKind.SingleLabel => ((string[])[MetricNames.Accuracy, MetricNames.F1], MetricNames.Accuracy),
            TaskKind.MultiLabel => ([MetricNames.F1, MetricNames.Accuracy], MetricNames.F1),
            TaskKind.Regression => ([MetricNames.Pearson, MetricNames.Spearman], MetricNames.Pearson),
            _ => throw new DecantException($"{options.Name}: a table cannot hold a task of kind {options.Kind}."),
        };
        return new TaskDefinition
        {
            Name = options.Name, Kind = options.Kind, Labels = labels, IsPair = options.Pair is not null, Metrics = metrics, BestMetric = best,
        };
    }

    // Whole numbers by value (2 before 10), anything else by its characters' codes.
    private static string[] Discover(IReadOnlyList<TableRow> rows)
    {
        string[] labels = [.. rows.SelectMany(r => r.Labels ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return labels.All(l => TryInteger(l, out _)) ? [.. labels.OrderBy(l => TryInteger(l, out long value) ? value : 0)] : labels;
    }

    private static bool TryInteger(string label, out long value) =>
        long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
