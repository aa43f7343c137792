using System.Globalization;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Charts;

/// <summary>Named points over two axes, with error bars, drawn as SVG without scripts. Every point carries its name.</summary>
public sealed record ScatterChart
{
    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>A second, fainter line: which corner is the good one.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>Vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The points.</summary>
    public required IReadOnlyList<ScatterPoint> Points { get; init; }

    /// <summary>Draws the chart: an <c>svg</c> element that takes its colours from the page's style (see <see cref="Palette"/>).</summary>
    public string ToSvg()
    {
        var frame = new ChartFrame { Height = 330, Title = Title, Subtitle = Subtitle, XAxis = X, YAxis = Y };
        frame.Fit(Points.Select(p => p.X), Points.SelectMany(p => new[] { p.Y - p.Spread, p.Y + p.Spread }.Concat(p.Samples ?? [])), marginX: 0.12, marginY: 0.08);
        var svg = new MarkupWriter();
        using (frame.Begin(svg))
        {
            var placer = new LabelPlacer(frame.Left, frame.Top, frame.Right, frame.Bottom);
            var placed = Dodge(frame);
            foreach (var (point, x) in placed) placer.Reserve(x, frame.Y.At(point.Y), 7);
            foreach (var (point, x) in placed) DrawSpread(svg, frame, point, x);
            foreach (var (point, x) in placed) DrawPoint(svg, frame, point, x);
            foreach (var (point, x) in placed) DrawLabel(svg, frame, placer, point, x);
        }
        return svg.ToString();
    }

    /// <summary>Moves points that would stand on one vertical line a little apart, lest their error bars hide each other.</summary>
    private List<(ScatterPoint Point, double X)> Dodge(ChartFrame frame)
    {
        const double near = 3, apart = 11;
        var placed = new List<(ScatterPoint Point, double X)>();
        var column = new List<(ScatterPoint Point, double X)>();
        foreach (var point in Points.Select(point => (point, X: frame.X.At(point.X))).OrderBy(point => point.X))
        {
            if (column.Count > 0 && point.X - column[0].X > near) Flush();
            column.Add(point);
        }
        Flush();
        return placed;

        void Flush()
        {
            if (column.Count == 0) return;
            double middle = column.Average(point => point.X);
            placed.AddRange(column.OrderBy(point => point.Point.Slot).Select((point, i) => (point.Point, column.Count == 1 ? point.X : middle + (i - (column.Count - 1) / 2.0) * apart)));
            column.Clear();
        }
    }

    private static void DrawSpread(MarkupWriter svg, ChartFrame frame, ScatterPoint point, double x)
    {
        foreach (double sample in point.Samples ?? [])
            svg.Empty("circle", ("class", "sample"), ("fill", Palette.Colour(point.Slot)), ("cx", x), ("cy", frame.Y.At(sample)), ("r", 2.6));
        if (point.Spread > 0)
            svg.Empty("line", ("class", "error"), ("stroke", Palette.Colour(point.Slot)), ("x1", x), ("x2", x), ("y1", frame.Y.At(point.Y - point.Spread)), ("y2", frame.Y.At(point.Y + point.Spread)));
    }

    private void DrawPoint(MarkupWriter svg, ChartFrame frame, ScatterPoint point, double x)
    {
        using (svg.Open("path", ("class", "dot"), ("fill", Palette.Colour(point.Slot)), ("d", Marker.Path(point.Slot, x, frame.Y.At(point.Y), 5.5))))
            svg.Element("title", $"{point.Name}\n{X.Label}: {Short(point.X)}\n{Y.Label}: {Short(point.Y)}{(point.Spread > 0 ? " ± " + Short(point.Spread) : "")}");
    }

    private static void DrawLabel(MarkupWriter svg, ChartFrame frame, LabelPlacer placer, ScatterPoint point, double x)
    {
        string name = point.Name.Length > 30 ? string.Concat(point.Name.AsSpan(0, 29), "…") : point.Name;
        var place = placer.Place(x, frame.Y.At(point.Y), ChartFrame.TextWidth(name));
        svg.Element("text", name, ("class", $"name halo {place.Anchor}"), ("x", place.X), ("y", place.Y));
    }

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "G4", CultureInfo.InvariantCulture);
}
