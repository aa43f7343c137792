using System.Globalization;

namespace Decant.Distillation.Reports.Tables;

/// <summary>Teachers and students side by side: scores over seeds, size, time, and how they compare with the teacher.</summary>
public sealed record ComparisonTable
{
    private const string Missing = "–";

    /// <summary>The scores to show, the deciding one first; at least one.</summary>
    public required IReadOnlyList<ScoreColumn> Scores { get; init; }

    /// <summary>The systems in the order to show them.</summary>
    public required IReadOnlyList<ComparisonRow> Rows { get; init; }

    /// <summary>What the time in <see cref="ComparisonRow.Seconds"/> is the time of, e.g. <c>872 sentences in batches of 128 × 128 tokens, 2 threads</c>.</summary>
    public string? TimeOf { get; init; }

    /// <summary>The row the others are measured against, if there is one.</summary>
    public ComparisonRow? Teacher => Rows.FirstOrDefault(row => row.IsTeacher);

    /// <summary>The share of the teacher's deciding score that a system keeps, 1 = all; <see langword="null"/> without a teacher, or where a ratio has no meaning (an error measure, or a teacher at or below 0).</summary>
    /// <param name="row">A row of this table.</param>
    public double? ScoreKept(ComparisonRow row) =>
        Scores[0].HigherIsBetter && Mean(Teacher) is > 0 and var teacher && Mean(row) is { } score ? score / teacher : null;

    /// <summary>How many times fewer parameters a system has than the teacher.</summary>
    /// <param name="row">A row of this table.</param>
    public double? Shrinkage(ComparisonRow row) => Teacher?.Parameters is { } teacher && row.Parameters is > 0 and var own ? (double)teacher / own : null;

    /// <summary>How many times faster a system is than the teacher.</summary>
    /// <param name="row">A row of this table.</param>
    public double? SpeedUp(ComparisonRow row) => Teacher?.Seconds is { } teacher && row.Seconds is > 0 and var own ? teacher / own : null;

    /// <summary>The student with the best mean of the deciding score; <see langword="null"/> where none has one.</summary>
    public ComparisonRow? BestStudent => Best(Scores[0]);

    /// <summary>The table as text. The best of several students is marked in each score; a column that nobody fills is left out.</summary>
    public TextTable ToTextTable()
    {
        List<(string Header, Func<ComparisonRow, TextCell> Cell)> columns = [("System", row => new TextCell(row.System))];
        foreach (var score in Scores)
        {
            var best = Rows.Count(row => !row.IsTeacher && row.Scores.ContainsKey(score.Name)) > 1 ? Best(score) : null;
            columns.Add((Labels.Of(score.Name), row => row.Scores.TryGetValue(score.Name, out var statistics)
                ? new TextCell(score.Format(statistics), row == best)
                : new TextCell(Missing)));
        }
        AddFilled("Of teacher", row => ScoreKept(row) is { } kept ? Share(kept) : null);
        AddFilled("Seeds", row => row.Scores.Count > 0 ? row.Scores.Values.Max(s => s.Count).ToString(CultureInfo.InvariantCulture) : null);
        AddFilled("Parameters", row => row.Parameters is { } parameters ? Units.Count(parameters) : null);
        AddFilled("Smaller", row => Shrinkage(row) is { } ratio ? Units.Ratio(ratio) : null);
        AddFilled("Size", row => row.Bytes is { } bytes ? Units.Bytes(bytes) : null);
        AddFilled("Time", row => row.Seconds is { } seconds ? Units.Seconds(seconds) : null);
        AddFilled("Faster", row => SpeedUp(row) is { } ratio ? Units.Ratio(ratio) : null);
        return new TextTable([.. columns.Select(column => column.Header)], [.. Rows.Select(row => (IReadOnlyList<TextCell>)[.. columns.Select(column => column.Cell(row))])]);

        void AddFilled(string header, Func<ComparisonRow, string?> text)
        {
            if (Rows.Any(row => text(row) is not null)) columns.Add((header, row => new TextCell(text(row) ?? Missing)));
        }
    }

    /// <summary>A share as shown: <c>97.8 %</c>.</summary>
    internal static string Share(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private double? Mean(ComparisonRow? row) => row is not null && row.Scores.TryGetValue(Scores[0].Name, out var statistics) ? statistics.Mean : null;

    private ComparisonRow? Best(ScoreColumn score)
    {
        var students = Rows.Where(row => !row.IsTeacher && row.Scores.ContainsKey(score.Name));
        return score.HigherIsBetter ? students.MaxBy(row => row.Scores[score.Name].Mean) : students.MinBy(row => row.Scores[score.Name].Mean);
    }
}
