using System.Xml.Linq;
using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class ScatterChartTests
{
    private static XElement Draw(Axis x, params ScatterPoint[] points)
    {
        var svg = XElement.Parse(new ScatterChart { Title = "Accuracy against parameters", X = x, Y = new Axis("Accuracy (%)"), Points = points }.ToSvg());
        SvgReader.AssertDrawable(svg);
        return svg;
    }

    private static readonly Axis Parameters = new("Parameters", AxisUnit.Count, IsLogarithmic: true);

    [Fact]
    public void Every_point_has_a_mark_a_name_and_a_tooltip()
    {
        var svg = Draw(Parameters, new ScatterPoint("Teacher", Palette.Neutral, 109e6, 93.5), new ScatterPoint("PKD", 0, 67e6, 92, 0.25));
        Assert.Equal(["Teacher", "PKD"], svg.OfClass("name").Select(e => e.Value).OrderDescending());
        Assert.Contains("PKD\nParameters: 67,000,000\nAccuracy (%): 92 ± 0.25", svg.OfClass("dot").Select(e => e.Value));
        Assert.Equal(["var(--s0)", "var(--sn)"], svg.OfClass("dot").Select(e => e.Attribute("fill")!.Value).Order());
    }

    [Fact]
    public void The_error_bar_is_two_deviations_long_and_the_seeds_are_shown()
    {
        var svg = Draw(new Axis("x"), new ScatterPoint("a", 0, 1, 10, 2, [8, 10, 12]), new ScatterPoint("b", 1, 2, 20));
        var bar = Assert.Single(svg.OfClass("error"));
        var seeds = svg.OfClass("sample");
        Assert.Equal(3, seeds.Count);
        Assert.Equal(seeds[0].Number("cy"), bar.Number("y1"), 2);
        Assert.Equal(seeds[2].Number("cy"), bar.Number("y2"), 2);
    }

    [Fact]
    public void Points_of_the_same_cost_stand_side_by_side_around_it()
    {
        var svg = Draw(new Axis("x"), new ScatterPoint("a", 0, 5, 10, 1), new ScatterPoint("b", 1, 5, 11, 1), new ScatterPoint("c", 2, 5, 12, 1), new ScatterPoint("d", 3, 9, 12, 1));
        double[] xs = [.. svg.OfClass("error").Select(bar => bar.Number("x1"))];
        Assert.Equal([11, 11], new[] { xs[1] - xs[0], xs[2] - xs[1] }.Select(gap => Math.Round(gap, 1)));
    }

    [Fact]
    public void Nothing_one_point_and_equal_points_can_be_drawn()
    {
        Draw(Parameters);
        Draw(Parameters, new ScatterPoint("a", 0, 5, 10));
        Draw(Parameters, new ScatterPoint("a", 0, 5, 10), new ScatterPoint("b", 1, 5, 10));
    }

    [Fact]
    public void Hostile_and_long_names_stay_short_text()
    {
        var svg = Draw(Parameters, new ScatterPoint("<script>alert(1)</script>" + new string('x', 500), 0, 5, 10));
        Assert.Equal("<script>alert(1)</script>xxxx…", svg.OfClass("name").Single().Value);
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
    }
}
