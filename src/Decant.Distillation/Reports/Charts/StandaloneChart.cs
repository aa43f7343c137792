using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Charts;

/// <summary>A chart as a file of its own, for documents: with the colours of both themes, a background and a legend.</summary>
public static class StandaloneChart
{
    private const double Width = 480, ChartHeight = 276, RowHeight = 20, Letter = 7;

    private const string Style = """
        text{fill:var(--soft);font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}.title{fill:var(--ink);font-size:15px;font-weight:600}.end{text-anchor:end}.middle{text-anchor:middle}
        .gridline{stroke:var(--grid)}.base{stroke:var(--faint)}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}.band{opacity:.13}.dot{stroke:var(--card);stroke-width:1.2}
        .reference{stroke:var(--sn);stroke-dasharray:5 4}.hover rect{fill:transparent}.hover line{stroke:none}
        """;

    /// <summary>Draws it.</summary>
    /// <param name="chart">The chart.</param>
    /// <returns>An SVG document.</returns>
    public static string Of(LineChart chart)
    {
        List<(LineSeries Line, double X, int Row)> legend = Place(chart.Series);
        double height = ChartHeight + 10 + (legend.Count == 0 ? 0 : (legend[^1].Row + 1) * RowHeight);
        var svg = new MarkupWriter();
        using (svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {Width} {MarkupWriter.Number(height)}"), ("width", Width), ("height", height)))
        {
            svg.Element("style", $":root{{--card:{Palette.Light.Background};--ink:#1d2026;--soft:#5b616d;--faint:#686e7a;--grid:#eceef2;{Palette.Variables(Palette.Light)}}}"
                + $"@media (prefers-color-scheme:dark){{:root{{--card:{Palette.Dark.Background};--ink:#e8eaee;--soft:#a9b0bd;--faint:#7d8491;--grid:#24272e;{Palette.Variables(Palette.Dark)}}}}}");
            svg.Open("style");
            svg.Raw(Style);
            svg.Close();
            svg.Empty("rect", ("width", Width), ("height", height), ("fill", "var(--card)"));
            svg.Line();
            using (svg.Open("svg", ("x", 8), ("y", 4), ("width", Width - 16), ("height", ChartHeight))) svg.Raw(chart.ToSvg());
            foreach ((LineSeries line, double x, int row) in legend)
            {
                double y = ChartHeight + 14 + row * RowHeight;
                svg.Empty("path", ("class", "line"), ("stroke", Palette.Colour(line.Slot)), ("stroke-dasharray", Palette.Dash(line.Slot)), ("d", $"M{MarkupWriter.Number(x)} {MarkupWriter.Number(y)}h22"));
                svg.Empty("path", ("class", "dot"), ("fill", Palette.Colour(line.Slot)), ("d", Marker.Path(line.Slot, x + 11, y, 3.4)));
                svg.Element("text", line.Name, ("x", x + 28), ("y", y + 4));
            }
        }
        return svg.ToString() + "\n";
    }

    private static List<(LineSeries, double, int)> Place(IReadOnlyList<LineSeries> lines)
    {
        List<(LineSeries, double, int)> places = [];
        (double x, int row) = (14, 0);
        foreach (LineSeries line in lines)
        {
            double width = 44 + line.Name.Length * Letter;
            if (x > 14 && x + width > Width) (x, row) = (14, row + 1);
            places.Add((line, x, row));
            x += width;
        }
        return places;
    }
}
