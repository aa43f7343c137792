using System.Xml.Linq;
using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Sweeps;

namespace Decant.Tests.Sweeps;

public class SweepCurvesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Each_strategy_has_a_line_and_a_name()
    {
        XElement svg = XElement.Parse(Summary("random 0.1", "magnitude 0.1", "random 0.5", "magnitude 0.5").ToSvg("width")!);
        string[] texts = [.. svg.Descendants(Svg + "text").Select(t => t.Value)];
        Assert.Contains("width", texts);
        Assert.Contains("random", texts);
        Assert.Contains("magnitude", texts);
        Assert.Equal(4, svg.Descendants(Svg + "path").Count(p => p.Attribute("class")?.Value == "line")); // two curves, two samples in the legend
        Assert.Equal(2, svg.Descendants(Svg + "path").Count(p => p.Attribute("class")?.Value == "band"));
    }

    [Theory]
    [InlineData("1l_1t_0.05h", "2l_10t_0.1h", "layers × tokens × share of neurons")]
    [InlineData("t_top10 keep 1", "t_top10 keep 3", "t_top10 keep")]
    [InlineData("5e-5", "1e-4", "value")]
    public void Joint_cuts_layer_maps_and_plain_numbers_are_amounts(string one, string other, string name)
    {
        XElement svg = XElement.Parse(Summary(one, other).ToSvg("any")!);
        Assert.Contains(name, svg.Descendants(Svg + "text").Select(t => t.Value));
    }

    [Fact]
    public void Values_that_are_no_amounts_have_no_curves() => Assert.Null(Summary("cls", "all").ToSvg("any"));

    private static SweepSummary Summary(params string[] values) => new("accuracy",
        [.. values.Select((v, i) => new SweepRow(new SweepSetting([new SweepValue("stages.hsk.objectives.hiddenStates.any", v)]),
            new Dictionary<string, SeedStatistics> { ["accuracy"] = new([0.8 + 0.01 * i, 0.81 + 0.01 * i]) }))], [], 0);
}
