using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Html;

/// <summary>A table that scrolls by itself where the page is narrow.</summary>
internal static class TableFrame
{
    /// <summary>Writes the header row and lets the caller write the rows.</summary>
    public static void Write(MarkupWriter page, IEnumerable<string> headers, Action rows)
    {
        using (page.Open("div", ("class", "scroll"), ("tabindex", "0")))
        using (page.Open("table"))
        {
            using (page.Open("thead"))
            using (page.Open("tr"))
                foreach (string header in headers) page.Element("th", header, ("scope", "col"));
            using (page.Open("tbody")) rows();
        }
    }
}
