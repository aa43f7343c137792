using System.Globalization;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Html;

/// <summary>
/// Writes <c>report.html</c>: one file with its style and pictures inside, without scripts, that looks the same offline,
/// in light and dark, on a telephone and on paper.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page atomically.</summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="model">What to show.</param>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public static void Write(string path, ReportModel model) => AtomicFile.WriteText(path, Render(model));

    /// <summary>The page as text: HTML in XML syntax.</summary>
    /// <param name="model">What to show.</param>
    public static string Render(ReportModel model)
    {
        var slots = SystemSlots.Of(model);
        var page = new MarkupWriter();
        page.Raw("<!DOCTYPE html>\n");
        using (page.Open("html", ("lang", "en")))
        {
            using (page.Open("head")) PageHead.Write(page, model.Title);
            page.Line();
            using (page.Open("body"))
            {
                using (page.Open("main"))
                {
                    WriteHeading(page, model);
                    SummarySection.Write(page, model);
                    ComparisonSection.Write(page, model, slots);
                    TradeOffSection.Write(page, model, slots);
                    CurveSections.Write(page, model, slots);
                    DetailSections.Write(page, model);
                    ReadingGuide.Write(page, model);
                }
            }
        }
        page.Line();
        return page.ToString();
    }

    private static void WriteHeading(MarkupWriter page, ReportModel model)
    {
        using (page.Open("header"))
        {
            page.Element("p", "Decant report", ("class", "kicker"));
            page.Element("h1", model.Title);
            if (model.Subtitle is not null) page.Element("p", model.Subtitle, ("class", "lead"));
            string date = model.Created.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
            string runs = model.Runs.Count switch { 0 => "", 1 => " · 1 run", var n => $" · {n.ToString(CultureInfo.InvariantCulture)} runs" };
            page.Element("p", $"{date}{runs}{(model.Environment is { } e ? $" · Decant {e.Decant}" : "")}", ("class", "meta"));
        }
        page.Line();
    }
}
