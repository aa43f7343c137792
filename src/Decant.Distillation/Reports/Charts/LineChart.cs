using System.Globalization;
using System.Text;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Charts;

/// <summary>Lines over a common horizontal axis, with bands for spread, drawn as SVG without scripts.</summary>
public sealed record LineChart
{
    private const int MaxColumns = 60, MaxMarked = 15;

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>A second, fainter line: the unit, or what better means.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>Vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The lines, back to front.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>Levels to compare with.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    /// <summary>Places that the horizontal axis reaches to even where no line does, so that charts side by side share an axis.</summary>
    public IReadOnlyList<double> Reaches { get; init; } = [];

    /// <summary>Draws the chart: an <c>svg</c> element that takes its colours from the page's style (see <see cref="Palette"/>).</summary>
    public string ToSvg()
    {
        var points = Series.SelectMany(series => series.Points).Where(point => double.IsFinite(point.Y)).ToList();
        var frame = new ChartFrame { Height = 270, Title = Title, Subtitle = Subtitle, XAxis = X, YAxis = Y };
        frame.Fit(points.Select(p => p.X).Concat(Reaches), points.SelectMany(p => new[] { p.Y - p.Spread, p.Y + p.Spread }).Concat(References.Select(r => r.Y)), marginX: 0, marginY: 0);
        var svg = new MarkupWriter();
        using (frame.Begin(svg))
        {
            foreach (var reference in References) DrawReference(svg, frame, reference);
            foreach (var series in Series) DrawBand(svg, frame, series);
            foreach (var series in Series) DrawLine(svg, frame, series);
            DrawTooltips(svg, frame);
        }
        return svg.ToString();
    }

    private static void DrawReference(MarkupWriter svg, ChartFrame frame, ReferenceLine reference)
    {
        double y = frame.Y.At(reference.Y);
        svg.Empty("line", ("class", "reference"), ("x1", frame.Left), ("x2", frame.Right), ("y1", y), ("y2", y));
        svg.Element("text", reference.Name, ("class", "tick end halo"), ("x", frame.Right), ("y", y < frame.Top + 14 ? y + 14 : y - 5));
    }

    private static void DrawBand(MarkupWriter svg, ChartFrame frame, LineSeries series)
    {
        foreach (var run in Unbroken(series.Points))
        {
            if (run.All(point => point.Spread == 0)) continue;
            var corners = run.Select(p => (p.X, Y: p.Y + p.Spread)).Concat(run.AsEnumerable().Reverse().Select(p => (p.X, Y: p.Y - p.Spread)));
            svg.Empty("path", ("class", "band"), ("fill", Palette.Colour(series.Slot)), ("d", PathOf(frame, corners) + "z"));
        }
    }

    private static void DrawLine(MarkupWriter svg, ChartFrame frame, LineSeries series)
    {
        string colour = Palette.Colour(series.Slot);
        foreach (var run in Unbroken(series.Points))
            if (run.Count > 1)
                svg.Empty("path", ("class", "line"), ("stroke", colour), ("stroke-dasharray", Palette.Dash(series.Slot)), ("d", PathOf(frame, run.Select(p => (p.X, p.Y)))));
        bool isMarked = series.Points.Count <= MaxMarked;
        foreach (var run in Unbroken(series.Points).Where(run => isMarked || run.Count == 1))
            foreach (var point in run)
                svg.Empty("path", ("class", "dot"), ("fill", colour), ("d", Marker.Path(series.Slot, frame.X.At(point.X), frame.Y.At(point.Y), 3.4)));
        svg.Line();
    }

    /// <summary>Invisible columns that show, under the pointer, a line and the values of all series there.</summary>
    private void DrawTooltips(MarkupWriter svg, ChartFrame frame)
    {
        var values = Series.SelectMany(series => series.Points.Where(p => double.IsFinite(p.Y)).Select(point => (series, point))).ToLookup(pair => pair.point.X);
        double[] all = [.. values.Select(group => group.Key).Order()];
        double[] xs = all.Length <= MaxColumns ? all : [.. Enumerable.Range(0, MaxColumns).Select(i => all[(int)((long)i * (all.Length - 1) / (MaxColumns - 1))])];
        for (int i = 0; i < xs.Length; i++)
        {
            double x = frame.X.At(xs[i]);
            double left = i == 0 ? frame.Left : (frame.X.At(xs[i - 1]) + x) / 2, right = i == xs.Length - 1 ? frame.Right : (x + frame.X.At(xs[i + 1])) / 2;
            using (svg.Open("g", ("class", "hover")))
            {
                var text = new StringBuilder($"{X.Label} {Short(xs[i])}");
                foreach (var (series, point) in values[xs[i]])
                    text.Append('\n').Append(series.Name).Append(": ").Append(Short(point.Y)).Append(point.Spread > 0 ? " ± " + Short(point.Spread) : "");
                svg.Element("title", text.ToString());
                svg.Empty("rect", ("x", left), ("y", frame.Top), ("width", right - left), ("height", frame.Bottom - frame.Top));
                svg.Empty("line", ("x1", x), ("x2", x), ("y1", frame.Top), ("y2", frame.Bottom));
            }
        }
    }

    private static string Short(double value) => Math.Abs(value) is >= 0.001 and < 1e6 ? value.ToString("0.####", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);

    private static IEnumerable<List<LinePoint>> Unbroken(IReadOnlyList<LinePoint> points)
    {
        var run = new List<LinePoint>();
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y)) run.Add(point);
            else if (run.Count > 0) { yield return run; run = []; }
        }
        if (run.Count > 0) yield return run;
    }

    private static string PathOf(ChartFrame frame, IEnumerable<(double X, double Y)> points) =>
        "M" + string.Join("L", points.Select(p => $"{MarkupWriter.Number(frame.X.At(p.X))} {MarkupWriter.Number(frame.Y.At(p.Y))}"));
}
