using System.Xml.Linq;
using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class LineChartTests
{
    private static XElement Draw(LineChart chart)
    {
        var svg = XElement.Parse(chart.ToSvg());
        SvgReader.AssertDrawable(svg);
        return svg;
    }

    private static LineChart Chart(params LineSeries[] series) => new() { Title = "Loss", Subtitle = "lower is better", X = new Axis("Step"), Y = new Axis("Loss"), Series = series };

    private static LineSeries Line(string name, int slot, params (double X, double Y)[] points) => new(name, slot, [.. points.Select(p => new LinePoint(p.X, p.Y))]);

    [Fact]
    public void Values_are_where_the_axes_say()
    {
        var svg = Draw(Chart(Line("a", 0, (0, 0), (5, 10), (10, 5))));
        var corners = Assert.Single(svg.OfClass("line")).Corners();
        var ticks = svg.OfClass("gridline");
        Assert.Equal(ticks[0].Number("y1"), corners[0].Y); // 0 is the lowest grid line …
        Assert.Equal(ticks[^1].Number("y1"), corners[1].Y); // … and 10 the highest.
        Assert.Equal((corners[0].X + corners[2].X) / 2, corners[1].X, 2);
        Assert.Equal((corners[0].Y + corners[1].Y) / 2, corners[2].Y, 2);
        Assert.Equal(["0", "2", "4", "6", "8", "10"], svg.OfClass("end").Select(e => e.Value));
    }

    [Fact]
    public void Headings_axis_and_colours_are_there()
    {
        var svg = Draw(Chart(Line("a", 0, (0, 0), (1, 1)), Line("b", 7, (0, 1), (1, 0))));
        Assert.Equal(("Loss", "lower is better"), (svg.OfClass("title").Single().Value, svg.OfClass("subtitle").Single().Value));
        Assert.Equal(["var(--s0)", "var(--s1)"], svg.OfClass("line").Select(line => line.Attribute("stroke")!.Value));
        Assert.Equal([null, "6 3"], svg.OfClass("line").Select(line => line.Attribute("stroke-dasharray")?.Value));
        Assert.Contains(svg.OfClass("middle"), label => label.Value == "Step");
    }

    [Fact]
    public void A_value_that_is_no_number_breaks_the_line()
    {
        var svg = Draw(Chart(Line("a", 0, (0, 1), (1, 2), (2, double.NaN), (3, 2), (4, 1), (5, double.PositiveInfinity), (6, 1))));
        Assert.Equal([2, 2], svg.OfClass("line").Select(line => line.Corners().Count)); // The lonely last point is a dot alone.
        Assert.Equal(5, svg.OfClass("dot").Count);
    }

    [Fact]
    public void A_spread_becomes_a_band_within_the_plot()
    {
        var svg = Draw(Chart(new LineSeries("a", 0, [new(0, 1, 0.5), new(1, 2, 0.5), new(2, 3, 0.25)])));
        var band = Assert.Single(svg.OfClass("band")).Corners();
        Assert.Equal(6, band.Count);
        Assert.All(band, corner => Assert.InRange(corner.Y, 50, 230));
        Assert.Empty(Draw(Chart(Line("a", 0, (0, 1), (1, 2)))).OfClass("band"));
    }

    [Fact]
    public void Under_the_pointer_all_values_of_a_step_are_told()
    {
        var svg = Draw(Chart(new LineSeries("KD", 0, [new(10, 0.5, 0.01), new(20, 0.4)]), Line("PKD", 1, (10, 0.123456), (20, 1e-7))));
        var titles = svg.OfClass("hover").Select(e => e.Element(SvgReader.Svg + "title")!.Value).ToList();
        Assert.Equal(["Step 10\nKD: 0.5 ± 0.01\nPKD: 0.1235", "Step 20\nKD: 0.4\nPKD: 1E-07"], titles);
    }

    [Fact]
    public void A_long_line_has_a_bounded_number_of_tooltips_and_no_dots()
    {
        var svg = Draw(Chart(Line("a", 0, [.. Enumerable.Range(0, 5000).Select(i => ((double)i, Math.Sin(i)))])));
        Assert.Equal(60, svg.OfClass("hover").Count);
        Assert.Empty(svg.OfClass("dot"));
    }

    [Fact]
    public void A_reference_is_drawn_and_named_inside_the_plot()
    {
        var svg = Draw(Chart(Line("a", 0, (0, 70), (1, 80))) with { References = [new ReferenceLine("Teacher 93", 93)] });
        Assert.InRange(svg.OfClass("reference").Single().Number("y1"), 50, 230);
        Assert.Contains(svg.OfClass("halo"), label => label.Value == "Teacher 93");
    }

    [Fact]
    public void The_axis_can_reach_further_than_the_lines()
    {
        var chart = Chart(Line("a", 0, (1, 1), (2, 2)));
        Assert.Equal(["1.0", "1.2", "1.4", "1.6", "1.8", "2.0"], XTicks(Draw(chart)));
        Assert.Equal(["0", "1", "2", "3", "4"], XTicks(Draw(chart with { Reaches = [0, 4] })));

        static IEnumerable<string> XTicks(XElement svg) => svg.OfClass("middle").Select(e => e.Value).Where(text => text != "Step");
    }

    [Fact]
    public void Nothing_one_point_and_equal_points_can_be_drawn()
    {
        Draw(Chart());
        Draw(Chart(Line("a", 0)));
        Draw(Chart(Line("a", 0, (3, double.NaN))));
        Assert.Single(Draw(Chart(Line("a", 0, (3, 7)))).OfClass("dot"));
        Draw(Chart(Line("a", 0, (3, 7), (3, 7))));
        Draw(Chart(Line("a", 0, (0, 5), (1, 5))));
        Draw(Chart(Line("a", 0, (0, 1e300), (1, -1e300))));
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        const string evil = "</svg><script>alert(1)</script>\" onload=\"x";
        var svg = Draw(new LineChart { Title = evil, Subtitle = evil, X = new Axis(evil), Y = new Axis(evil), Series = [Line(evil, 0, (0, 1), (1, 2))], References = [new ReferenceLine(evil, 1)] });
        Assert.Equal(evil, svg.OfClass("title").Single().Value);
        Assert.DoesNotContain(svg.DescendantsAndSelf(), e => e.Name.LocalName == "script" || e.Attribute("onload") is not null);
    }
}
