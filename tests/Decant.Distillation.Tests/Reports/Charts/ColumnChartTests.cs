using System.Xml.Linq;
using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class ColumnChartTests
{
    private static XElement Draw(double reaches, params double[] heights)
    {
        var svg = XElement.Parse(new ColumnChart { Title = "Speed 0.5", X = new Axis("Layer", AxisUnit.Count), Y = new Axis("Texts (%)"), Heights = heights, Reaches = reaches }.ToSvg());
        SvgReader.AssertDrawable(svg);
        return svg;
    }

    [Fact]
    public void Columns_stand_on_0_and_are_as_high_as_their_values()
    {
        XElement[] columns = [.. Draw(0, 10, 40, 0).Descendants(SvgReader.Svg + "rect")];
        Assert.Equal(3, columns.Length);
        Assert.Equal(4 * columns[0].Number("height"), columns[1].Number("height"), 0.05);
        Assert.Equal(0, columns[2].Number("height"), 0.01);
        Assert.Single(columns.Select(c => Math.Round(c.Number("y") + c.Number("height"), 1)).Distinct());
        Assert.Equal(["Layer 1: 10", "Layer 2: 40", "Layer 3: 0"], columns.Select(c => c.Value));
    }

    [Fact]
    public void Charts_side_by_side_share_an_axis()
    {
        double Height(double reaches) => Draw(reaches, 20).Descendants(SvgReader.Svg + "rect").Single().Number("height");
        Assert.True(Height(100) < Height(0) / 3);
    }

    [Fact]
    public void Nothing_but_zeros_is_drawn_too() => Draw(0, 0, 0);
}
