using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

/// <summary>The original files: how many rows, and how the labels are spread.</summary>
public class GlueRealDataTests
{
    [SkippableTheory]
    [InlineData("CoLA", "train", 8551, 6023)]
    [InlineData("CoLA", "dev", 1043, 721)]
    [InlineData("SST-2", "train", 67349, 37569)]
    [InlineData("SST-2", "dev", 872, 444)]
    [InlineData("MRPC", "train", 3668, 2474)]
    [InlineData("MRPC", "dev", 408, 279)]
    [InlineData("RTE", "train", 2490, 1241)]
    [InlineData("RTE", "dev", 277, 131)]
    public void LabelledSplits(string task, string split, int rows, int ofClassOne)
    {
        DataSet data = Glue.Load(task, TestPaths.Require(TestPaths.Data, "glue"), split);
        Assert.Equal((rows, 0, ofClassOne), (data.Examples.Count, data.SkippedRows, data.Examples.Count(e => e.ClassIndex == 1)));
        Assert.Same(data, data.RequireLabels());
        Assert.Equal(rows, data.Examples.Select(e => e.Id).Distinct().Count());
        Assert.All(data.Examples, e => Assert.False(string.IsNullOrWhiteSpace(e.Text)));
        Assert.All(data.Examples, e => Assert.Equal(data.Task.IsPair, !string.IsNullOrWhiteSpace(e.Pair)));
    }

    [SkippableTheory]
    [InlineData("CoLA", 1063)]
    [InlineData("SST-2", 1821)]
    [InlineData("MRPC", 1725)]
    [InlineData("RTE", 3000)]
    [InlineData("STS-B", 1379)]
    public void TestSplitsHaveNoLabels(string task, int rows)
    {
        DataSet data = Glue.Load(task, TestPaths.Require(TestPaths.Data, "glue"), "test");
        Assert.Equal((rows, false), (data.Examples.Count, data.IsLabelled));
        Assert.Throws<DecantException>(() => data.RequireLabels());
    }

    [SkippableTheory]
    [InlineData("train", 5749)]
    [InlineData("dev", 1500)]
    public void StsB(string split, int rows)
    {
        DataSet data = Glue.Load("STS-B", TestPaths.Require(TestPaths.Data, "glue"), split);
        Assert.Equal(rows, data.Examples.Count);
        Assert.All(data.Examples, e => Assert.InRange(Assert.Single(e.Targets!), 0f, 5f));
    }
}
