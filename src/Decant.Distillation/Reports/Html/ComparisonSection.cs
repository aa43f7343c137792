using Decant.Distillation.Reports.Markup;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Reports.Html;

/// <summary>The comparison table.</summary>
internal static class ComparisonSection
{
    public static void Write(MarkupWriter page, ReportModel model, IReadOnlyDictionary<string, int> slots)
    {
        if (model.Comparison is not { } comparison) return;
        var table = comparison.ToTextTable();
        using (Section.Open(page, "Comparison", Explanation(comparison)))
            TableFrame.Write(page, table.Headers, () =>
            {
                for (int i = 0; i < table.Rows.Count; i++)
                    WriteRow(page, table.Rows[i], comparison.Rows[i], isBest: comparison.Rows[i] == comparison.BestStudent, slots);
            });
    }

    private static void WriteRow(MarkupWriter page, IReadOnlyList<TextCell> cells, ComparisonRow row, bool isBest, IReadOnlyDictionary<string, int> slots)
    {
        using (page.Open("tr", ("class", row.IsTeacher ? "teacher" : isBest ? "winner" : null)))
        {
            using (page.Open("th", ("scope", "row")))
            {
                Section.Key(page, slots[row.System], withLine: false);
                page.Text(cells[0].Text);
            }
            foreach (var cell in cells.Skip(1))
                using (page.Open("td", ("class", cell.IsBest ? "best" : null)))
                    WriteFigure(page, cell.Text);
        }
    }

    private static void WriteFigure(MarkupWriter page, string text)
    {
        int spread = text.IndexOf(" ± ", StringComparison.Ordinal);
        page.Text(spread < 0 ? text : text[..spread]);
        if (spread >= 0) page.Element("span", text[spread..], ("class", "spread"));
    }

    private static string Explanation(ComparisonTable table)
    {
        string text = table.Rows.Any(row => row.Scores.Values.Any(s => s.Count > 1)) ? "Mean ± standard deviation over seeds." : "One seed each.";
        if (table.Scores.Any(score => score.IsPercentage)) text += " Scores are in percent.";
        if (table.TimeOf is not null && table.Rows.Any(row => row.Seconds is not null)) text += $" Time: {table.TimeOf}.";
        return text;
    }
}
