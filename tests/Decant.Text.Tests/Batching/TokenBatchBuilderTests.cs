using Decant.Text.Batching;
using Decant.Text.Data;

namespace Decant.Text.Tests.Batching;

public class TokenBatchBuilderTests
{
    [Fact]
    public void PadsToTheLongestOfTheBatch()
    {
        EncodedDataSet data = TestData.OfWords([1, 3, 2]);
        TokenBatch batch = new TokenBatchBuilder(data, padId: 9).Build([2, 0]);
        Assert.Equal((2, 1, 2, 4), (batch.Examples, batch.Choices, batch.Sequences, batch.Length));
        Assert.Equal([1, 101, 101, 2, 1, 101, 2, 9], batch.InputIds);
        Assert.Equal([4, 3], batch.Lengths);
        Assert.Equal(["train-2", "train-0"], batch.ExampleIds);
        Assert.Equal([2, 0], batch.ExampleIndices);
        Assert.Equal([0, 0], batch.ClassLabels!);
        Assert.Null(batch.Targets);
        Assert.Equal(1.0 / 8, batch.PaddingShare);
    }

    [Fact]
    public void GivesTheSecondTextOfAPairTypeOne()
    {
        EncodedDataSet data = TestData.Encode(TestData.TwoClasses with { IsPair = true },
            new Example { Id = "a", Text = "x y", Pair = "zz" }, new Example { Id = "b", Text = "x", Pair = "z" });
        TokenBatch batch = new TokenBatchBuilder(data).Build([0, 1]);
        Assert.Equal([1, 101, 101, 2, 102, 2, 1, 101, 2, 101, 2, 0], batch.InputIds);
        Assert.Equal([0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0], batch.TokenTypeIds);
        Assert.Null(batch.ClassLabels);
    }

    [Fact]
    public void MakesOneRowPerChoice()
    {
        var task = new TaskDefinition { Name = "race", Kind = TaskKind.MultipleChoice, Choices = 2, Metrics = ["accuracy"], BestMetric = "accuracy" };
        EncodedDataSet data = TestData.Encode(task,
            new Example { Id = "q0", Text = "a", Pair = "bb", Choices = ["ccc", "dddd"], ClassIndex = 1 },
            new Example { Id = "q1", Text = "a", Pair = "bb", Choices = ["e", "e e"], ClassIndex = 0 });
        TokenBatch batch = new TokenBatchBuilder(data).Build([1, 0]);
        Assert.Equal((2, 2, 4, 7), (batch.Examples, batch.Choices, batch.Sequences, batch.Length));
        Assert.Equal([1, 101, 2, 102, 103, 2, 0], batch.InputIds[14..21]);
        Assert.Equal([1, 101, 2, 102, 104, 2, 0], batch.InputIds[21..28]);
        Assert.Equal([6, 7, 6, 6], batch.Lengths);
        Assert.Equal([0, 1], batch.ClassLabels!);
    }

    [Fact]
    public void CarriesRegressionAndMultiLabelTargets()
    {
        var regression = new TaskDefinition { Name = "r", Kind = TaskKind.Regression, Metrics = ["pearson"], BestMetric = "pearson" };
        EncodedDataSet scores = TestData.Encode(regression,
            new Example { Id = "a", Text = "x", Targets = [1.5f] }, new Example { Id = "b", Text = "x", Targets = [-2f] });
        Assert.Equal([-2f, 1.5f], new TokenBatchBuilder(scores).Build([1, 0]).Targets!);

        var tags = new TaskDefinition { Name = "t", Kind = TaskKind.MultiLabel, Labels = ["p", "q", "r"], Metrics = ["f1"], BestMetric = "f1" };
        EncodedDataSet tagged = TestData.Encode(tags,
            new Example { Id = "a", Text = "x", Targets = [1, 0, 1] }, new Example { Id = "b", Text = "x", Targets = [0, 0, 0] });
        TokenBatch batch = new TokenBatchBuilder(tagged).Build([0, 1]);
        Assert.Equal([1, 0, 1, 0, 0, 0], batch.Targets!);
        Assert.Null(batch.ClassLabels);
    }

    [Fact]
    public void PadsAsFarAsAsked()
    {
        EncodedDataSet data = TestData.OfWords([1, 9]);
        Assert.Equal(8, new TokenBatchBuilder(data, padToMultipleOf: 8).Build([0]).Length);
        Assert.Equal(16, new TokenBatchBuilder(data, padToMultipleOf: 8).Build([0, 1]).Length);
        Assert.Equal(128, new TokenBatchBuilder(data, padToAtLeast: 128).Build([0, 1]).Length);
    }

    [Fact]
    public void ReusedArraysHoldNothingOfTheOldBatch()
    {
        EncodedDataSet data = TestData.OfWords([5, 1, 4, 5]);
        var builder = new TokenBatchBuilder(data);
        TokenBatch old = builder.Build([0, 2]);
        Array.Fill(old.TokenTypeIds, 7);
        TokenBatch reused = builder.Build([1, 3], old);
        Assert.Same(old.InputIds, reused.InputIds);
        TokenBatch fresh = builder.Build([1, 3]);
        Assert.Equal(fresh.InputIds, reused.InputIds);
        Assert.Equal(fresh.TokenTypeIds, reused.TokenTypeIds);
    }
}
