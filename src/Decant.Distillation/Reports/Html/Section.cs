using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Html;

/// <summary>The parts that several sections are made of.</summary>
internal static class Section
{
    /// <summary>Opens a section with its heading and a line that says what it shows.</summary>
    public static MarkupWriter.Closer Open(MarkupWriter page, string heading, string? explanation = null)
    {
        page.Line();
        var section = page.Open("section");
        page.Element("h2", heading);
        if (explanation is not null) page.Element("p", explanation, ("class", "explanation"));
        return section;
    }

    /// <summary>Names, colours and shapes of systems.</summary>
    public static void Legend(MarkupWriter page, IEnumerable<(string System, int Slot)> systems)
    {
        using (page.Open("ul", ("class", "legend")))
            foreach (var (system, slot) in systems)
                using (page.Open("li"))
                {
                    Key(page, slot, withLine: true);
                    page.Text(system);
                }
    }

    /// <summary>The sign of a system: its marker, on a piece of its line where lines are meant.</summary>
    public static void Key(MarkupWriter page, int slot, bool withLine)
    {
        double width = withLine ? 26 : 14;
        using (page.Open("svg", ("class", "key"), ("viewBox", $"0 0 {MarkupWriter.Number(width)} 14"), ("width", width), ("height", 14), ("aria-hidden", "true")))
        {
            if (withLine) page.Empty("path", ("class", "line"), ("stroke", Palette.Colour(slot)), ("stroke-dasharray", Palette.Dash(slot)), ("d", "M0 7H26"));
            page.Empty("path", ("fill", Palette.Colour(slot)), ("d", Marker.Path(slot, width / 2, 7, 4)));
        }
    }

    /// <summary>Charts side by side, as many as there is room for.</summary>
    public static void Grid(MarkupWriter page, IEnumerable<string> charts)
    {
        using (page.Open("div", ("class", "grid")))
            foreach (string chart in charts)
                using (page.Open("figure"))
                    page.Raw(chart);
    }
}
