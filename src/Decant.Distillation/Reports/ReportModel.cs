using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Reports;

/// <summary>All that a report shows, for one run or several, as plain data.</summary>
public sealed record ReportModel
{
    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>One line below it: the task, the data, what was tried.</summary>
    public string? Subtitle { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The runs; none is allowed where there is a comparison.</summary>
    public IReadOnlyList<ReportRun> Runs { get; init; } = [];

    /// <summary>The systems side by side.</summary>
    public ComparisonTable? Comparison { get; init; }

    /// <summary>Where it ran.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>The command that made the runs, for repeating them.</summary>
    public string? Command { get; init; }

    /// <summary>Remarks that a reader should know, one paragraph each, e.g. where a result contradicts a paper.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
