using Decant.Distillation.Evaluation.Statistics;

namespace Decant.Distillation.Reports.Tables;

/// <summary>A system in a comparison: a teacher, or one way to train a student, over its seeds.</summary>
public sealed record ComparisonRow
{
    /// <summary>What the system is called, e.g. <c>PKD-Skip, 6 layers</c>.</summary>
    public required string System { get; init; }

    /// <summary>Whether the others are measured against this one. At most one row of a table should be.</summary>
    public bool IsTeacher { get; init; }

    /// <summary>Scores over seeds by the name of their <see cref="ScoreColumn"/>; a missing one is shown as a dash.</summary>
    public required IReadOnlyDictionary<string, SeedStatistics> Scores { get; init; }

    /// <summary>Number of parameters.</summary>
    public long? Parameters { get; init; }

    /// <summary>Size of the weights on disk, in bytes.</summary>
    public long? Bytes { get; init; }

    /// <summary>Time of inference in seconds, for the same work in every row (see <see cref="ComparisonTable.TimeOf"/>).</summary>
    public double? Seconds { get; init; }
}
