using System.Globalization;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Charts;

/// <summary>Columns over whole numbers, such as the share of texts that left at each layer, drawn as SVG without scripts.</summary>
public sealed record ColumnChart
{
    private const double Width = 0.72;

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>A second, fainter line.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>Vertical axis; columns stand on 0.</summary>
    public required Axis Y { get; init; }

    /// <summary>The heights, from 0, of the columns at 1, 2, ….</summary>
    public required IReadOnlyList<double> Heights { get; init; }

    /// <summary>The height that the vertical axis reaches to even where no column does, so that charts side by side share it.</summary>
    public double Reaches { get; init; }

    /// <summary>Colour: see <see cref="Palette"/>.</summary>
    public int Slot { get; init; }

    /// <summary>Draws the chart: an <c>svg</c> element that takes its colours from the page's style (see <see cref="Palette"/>).</summary>
    public string ToSvg()
    {
        var frame = new ChartFrame { Height = 210, Title = Title, Subtitle = Subtitle, XAxis = X, YAxis = Y };
        frame.Fit([0.4, Heights.Count + 0.6], [0, Reaches, .. Heights], marginX: 0, marginY: 0);
        var svg = new MarkupWriter();
        using (frame.Begin(svg))
            for (int i = 0; i < Heights.Count; i++) DrawColumn(svg, frame, i + 1, Heights[i]);
        return svg.ToString();
    }

    private void DrawColumn(MarkupWriter svg, ChartFrame frame, int place, double height)
    {
        double left = frame.X.At(place - Width / 2), right = frame.X.At(place + Width / 2), top = frame.Y.At(height);
        using (svg.Open("rect", ("fill", Palette.Colour(Slot)), ("x", left), ("y", top), ("width", right - left), ("height", frame.Bottom - top)))
            svg.Element("title", string.Create(CultureInfo.InvariantCulture, $"{X.Label} {place}: {height:0.##}"));
    }
}
