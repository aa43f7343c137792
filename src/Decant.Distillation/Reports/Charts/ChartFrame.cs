using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Charts;

/// <summary>What all charts with two axes share: headings, the plot's place, grid lines and numbers along the edges.</summary>
internal sealed class ChartFrame
{
    private const double Width = 460, LetterWidth = 6.6;

    /// <summary>The size of a chart in its own units; it is scaled to the width it is given.</summary>
    public required double Height { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>A second, fainter line: the unit, or what better means.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Horizontal axis.</summary>
    public required Axis XAxis { get; init; }

    /// <summary>Vertical axis.</summary>
    public required Axis YAxis { get; init; }

    /// <summary>Maps horizontal values.</summary>
    public AxisScale X { get; private set; } = null!;

    /// <summary>Maps vertical values.</summary>
    public AxisScale Y { get; private set; } = null!;

    /// <summary>Left edge of the plot.</summary>
    public double Left { get; private set; }

    /// <summary>Right edge of the plot.</summary>
    public double Right { get; } = Width - 14;

    /// <summary>Upper edge of the plot.</summary>
    public double Top => Subtitle is null ? 34 : 50;

    /// <summary>Lower edge of the plot.</summary>
    public double Bottom => Height - 40;

    /// <summary>About how wide a text is at the size of the tick labels.</summary>
    public static double TextWidth(string text) => text.Length * LetterWidth;

    /// <summary>Places the scales around the values: first the vertical one, whose numbers say where the plot begins.</summary>
    public void Fit(IEnumerable<double> xs, IEnumerable<double> ys, double marginX, double marginY)
    {
        Y = AxisScale.Over(YAxis, ys, Bottom, Top, target: 5, marginY, toTicks: true);
        Left = 12 + Y.Labels.Select(TextWidth).DefaultIfEmpty(0).Max();
        X = AxisScale.Over(XAxis, xs, Left, Right, target: 6, marginX);
    }

    /// <summary>Opens the picture and draws everything that does not depend on the kind of chart.</summary>
    public MarkupWriter.Closer Begin(MarkupWriter svg)
    {
        var picture = svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("viewBox", $"0 0 {MarkupWriter.Number(Width)} {MarkupWriter.Number(Height)}"),
            ("role", "img"), ("aria-label", Subtitle is null ? Title : $"{Title}, {Subtitle}"));
        svg.Element("text", Title, ("class", "title"), ("x", 0), ("y", 15));
        if (Subtitle is not null) svg.Element("text", Subtitle, ("class", "subtitle"), ("x", 0), ("y", 33));
        for (int i = 0; i < Y.Ticks.Count; i++)
        {
            double y = Y.At(Y.Ticks[i]);
            svg.Empty("line", ("class", "gridline"), ("x1", Left), ("x2", Right), ("y1", y), ("y2", y));
            svg.Element("text", Y.Labels[i], ("class", "tick end"), ("x", Left - 7), ("y", y + 4));
        }
        svg.Empty("line", ("class", "base"), ("x1", Left), ("x2", Right), ("y1", Bottom), ("y2", Bottom));
        for (int i = 0; i < X.Ticks.Count; i++)
        {
            double x = X.At(X.Ticks[i]);
            svg.Empty("line", ("class", "base"), ("x1", x), ("x2", x), ("y1", Bottom), ("y2", Bottom + 4));
            svg.Element("text", X.Labels[i], ("class", "tick middle"), ("x", Math.Min(x, Width - TextWidth(X.Labels[i]) / 2)), ("y", Bottom + 17));
        }
        svg.Element("text", XAxis.Label, ("class", "tick middle"), ("x", (Left + Right) / 2), ("y", Bottom + 34));
        svg.Line();
        return picture;
    }
}
