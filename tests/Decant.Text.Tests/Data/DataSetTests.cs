using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

public class DataSetTests
{
    private static readonly TaskDefinition Task = new()
    {
        Name = "toy", Kind = TaskKind.SingleLabel, Labels = ["no", "yes"], Metrics = ["accuracy"], BestMetric = "accuracy",
    };

    private static DataSet Make(params Example[] examples) => new(Task, "test", examples, "toy.tsv");

    [Fact]
    public void RefusesToBeEmpty()
    {
        var error = Assert.Throws<DecantException>(() => Make());
        Assert.Equal("toy.tsv: no examples. The test split of toy needs at least one.", error.Message);
    }

    [Fact]
    public void RefusesEvaluationWithoutLabels()
    {
        DataSet data = Make(new Example { Id = "a", Text = "x", ClassIndex = 1 }, new Example { Id = "b", Text = "y" });
        Assert.False(data.IsLabelled);
        var error = Assert.Throws<DecantException>(() => data.RequireLabels());
        Assert.Equal("toy.tsv: the test split of toy has no labels for 1 of 2 examples (first: b), so it cannot be trained or evaluated on. " +
            "Use a labelled split, such as dev, or predict instead.", error.Message);
        DataSet labelled = Make(new Example { Id = "a", Text = "x", ClassIndex = 1 });
        Assert.Same(labelled, labelled.RequireLabels());
    }

    [Fact]
    public void FingerprintDependsOnEveryField()
    {
        Example[] variants =
        [
            new() { Id = "a", Text = "xy" },
            new() { Id = "b", Text = "xy" },
            new() { Id = "a", Text = "x" },
            new() { Id = "a", Text = "x", Pair = "y" },
            new() { Id = "a", Text = "xy", Pair = "" },
            new() { Id = "a", Text = "xy", ClassIndex = 0 },
            new() { Id = "a", Text = "xy", ClassIndex = 1 },
            new() { Id = "a", Text = "xy", Targets = [0f] },
            new() { Id = "a", Text = "xy", Choices = ["y"] },
        ];
        Assert.Equal(variants.Length, variants.Select(v => Make(v).Fingerprint).Distinct().Count());
        Assert.Equal(Make(variants[0]).Fingerprint, Make(new Example { Id = "a", Text = "xy" }).Fingerprint);
        Assert.Matches("^[0-9a-f]{64}$", Make(variants[0]).Fingerprint);
    }

    [Fact]
    public void OutputsFollowTheKind()
    {
        Assert.Equal(2, Task.Outputs);
        Assert.Equal(1, (Task with { Kind = TaskKind.Regression, Labels = [] }).Outputs);
        Assert.Equal(1, (Task with { Kind = TaskKind.MultipleChoice, Labels = [], Choices = 4 }).Outputs);
        Assert.Equal((0, 1, -1), (Task.IndexOf("no"), Task.IndexOf("yes"), Task.IndexOf("Yes")));
    }
}
