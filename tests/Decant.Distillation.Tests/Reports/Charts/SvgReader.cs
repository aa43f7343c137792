using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Decant.Distillation.Tests.Reports.Charts;

/// <summary>Looks into a drawn chart.</summary>
internal static class SvgReader
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static List<XElement> OfClass(this XElement chart, string name) =>
        [.. chart.Descendants().Where(e => (e.Attribute("class")?.Value ?? "").Split(' ').Contains(name))];

    public static double Number(this XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The corners of a path of straight lines.</summary>
    public static List<(double X, double Y)> Corners(this XElement path)
    {
        double[] numbers = [.. Regex.Matches(path.Attribute("d")!.Value, @"-?[\d.]+").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
        return [.. numbers.Chunk(2).Select(pair => (pair[0], pair[1]))];
    }

    /// <summary>Every number in every attribute is one: no NaN or infinity got through.</summary>
    public static void AssertDrawable(XElement chart)
    {
        Assert.DoesNotContain("NaN", chart.ToString());
        Assert.DoesNotContain("Infinity", chart.ToString());
        Assert.DoesNotContain("∞", chart.ToString());
    }
}
