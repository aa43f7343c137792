using Decant.Distillation.Reports.Curves;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Html;

/// <summary>How to read the page, limited to what is on it.</summary>
internal static class ReadingGuide
{
    public static void Write(MarkupWriter page, ReportModel model)
    {
        using (Section.Open(page, "How to read this page"))
        using (page.Open("dl", ("class", "guide")))
            foreach (var (term, text) in Entries(model))
            {
                page.Element("dt", term);
                page.Element("dd", text);
            }
    }

    private static IEnumerable<(string Term, string Text)> Entries(ReportModel model)
    {
        if (model.Comparison is { } table)
        {
            yield return ("Teacher and student", "The teacher is the large model; students are smaller ones that learnt its task, with or without its help. “Of teacher” is the share of the teacher's score that a student keeps.");
            if (table.Rows.Any(row => row.Scores.Values.Any(s => s.Count > 1)))
                yield return ("± and bands", "The sample standard deviation over seeds: how much luck is in one run. Do not read a difference between two systems into figures that lie within each other's ±.");
            else
                yield return ("One seed", "Small data sets move by a point or more from seed to seed. Run several seeds before believing a small difference.");
            if (table.Rows.Any(row => row.Seconds is not null))
                yield return ("Time and “Faster”", "Measured on the machine below for the same work, so the ratio means more than the time itself.");
        }
        if (model.Runs.Count == 0) yield break;
        yield return ("Loss terms", "Every objective is shown as it is computed, before its weight; the total is the weighted sum that was minimised. Terms have different units, so compare a term between systems, never terms with each other.");
        yield return ("Overfitting", "Training loss that falls while the evaluation score drops means that the model has begun to learn its training data by heart: fewer epochs or a lower learning rate help.");
        yield return ("Smoothing", $"A curve with more than {CurveBuilder.MaxPoints} logged points is averaged over equal stretches. Rest the pointer on a chart to see figures.");
    }
}
