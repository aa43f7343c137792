using System.Text.Json;
using Decant.Tests;

namespace Decant.Cli.Tests.Commands;

/// <summary>A FastBERT from recipe to speed curve, and the commands that take a speed.</summary>
public sealed class SpeedCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string fast;

    public SpeedCommandTests()
    {
        fast = folder.File("fast");
        Cli.Run("run", folder.Write("fast.yaml", $$"""
            task: { name: synthetic, synthetic: { train: 64, dev: 20 }, maxLength: 32 }
            student: { config: { layers: 3, hidden: 16, heads: 4, intermediate: 20, maxPositions: 32 }, fastBert: { width: 8 } }
            stages:
              - { name: finetune, train: backbone, steps: 4, objectives: { hardLabels: {} } }
              - { name: selfDistil, train: branches, knowledge: self, steps: 4, objectives: { selfDistillation: {} }, evaluate: { keep: last } }
            output: {{fast}}
            threads: 1
            """)).Done();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ASpeedCurveIsATableAPageAndJson()
    {
        Cli curve = Cli.Run("speed", fast, "--speeds", "0,0.5,1", "--batch-sizes", "1,4", "--rounds", "1", "-o", folder.File("speed.html")).Done();
        Assert.Contains("Texts/s, batch 4", curve.Output);
        Assert.Contains("the clock, 1 text in a batch", curve.Error);
        Assert.Contains("Where texts leave", File.ReadAllText(folder.File("speed.html")));

        JsonElement json = JsonDocument.Parse(Cli.Run("speed", fast, "--speeds", "0,1", "--batch-sizes", "none", "--against", fast, "--json").Done().Output).RootElement;
        JsonElement[] points = [.. json.GetProperty("speeds").EnumerateArray()];
        Assert.Equal([3.0, 1.0], points.Select(p => p.GetProperty("meanLayers").GetDouble()));
        Assert.Equal([1.0, 0.0, 0.0], points[1].GetProperty("exits").EnumerateArray().Select(e => e.GetDouble()));
        Assert.Equal(3, json.GetProperty("withoutBranches").GetProperty("meanLayers").GetDouble());
        Assert.Equal(20, json.GetProperty("examples").GetInt32());
    }

    [Fact]
    public void EvaluateAndPredictTakeASpeed()
    {
        Assert.Contains("1.00 on average", Cli.Run("evaluate", fast, "--speed", "1").Done().Output);
        Assert.Contains("3.00 on average", Cli.Run("evaluate", fast, "--speed", "0").Done().Output);
        JsonElement Line(string speed) => JsonDocument.Parse(Cli.Run("predict", fast, "a fine film", "--speed", speed).Done().Output).RootElement;
        Assert.StartsWith("text,pair,label,score:negative,score:positive,exitLayer", Cli.Run("predict", fast, "a fine film", "--speed", "1", "--csv").Done().Output, StringComparison.Ordinal);
        Assert.Contains("the top 5 classes", Cli.Run("predict", fast, "a fine film", "--top-classes", "5").Error);
        Assert.Equal((1, 3), (Line("1").GetProperty("exitLayer").GetInt32(), Line("0").GetProperty("exitLayer").GetInt32()));
    }

    [Fact]
    public void InspectKnowsTheBranches()
    {
        string text = Cli.Run("inspect", fast).Done().Output;
        Assert.Contains("FastBert", text);
        Assert.Contains("branch classifiers", text);
        Assert.Contains("8 wide, 2 heads, on every layer", text);
    }

    [Theory]
    [InlineData("'2' is no speed; give numbers from 0 to 1 with commas between, such as 0,0.1,0.5.", 1, "speed", "F", "--speeds", "0,2")]
    [InlineData("'0' is no batch size; give whole numbers from 1 with commas between, such as 1,32, or none.", 1, "speed", "F", "--batch-sizes", "0")]
    [InlineData("--speed must be from 0 (all layers) to 1 (the first layer).", 2, "evaluate", "F", "--speed", "1.5")]
    [InlineData("--speed must be from 0 (all layers) to 1 (the first layer).", 2, "predict", "F", "text", "--speed", "-1")]
    [InlineData("--rounds must be 1 or more.", 2, "speed", "F", "--rounds", "0")]
    public void WrongUseIsExplained(string message, int code, params string[] args)
    {
        Cli result = Cli.Run([.. args.Select(a => a == "F" ? fast : a)]);
        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error);
    }
}
