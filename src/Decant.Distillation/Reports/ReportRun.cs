using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Reports;

/// <summary>One run in a report: one system trained with one seed.</summary>
public sealed record ReportRun
{
    /// <summary>What was trained, e.g. <c>PKD-Skip, 6 layers</c>. Runs of the same system are taken as its seeds and drawn as one line with a band.</summary>
    public required string System { get; init; }

    /// <summary>Whether this is the teacher of the others; it is drawn in a neutral colour.</summary>
    public bool IsTeacher { get; init; }

    /// <summary>
    /// What the run logged. Training values under <c>loss/</c> become learning curves, other training values get
    /// charts of their own, evaluation values are shown by epoch.
    /// </summary>
    public required IReadOnlyList<MetricsEntry> Entries { get; init; }

    /// <summary>The effective recipe as YAML.</summary>
    public string? Recipe { get; init; }
}
