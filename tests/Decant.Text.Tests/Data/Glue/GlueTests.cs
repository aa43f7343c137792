using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

/// <summary>Every task on a small file of its original form.</summary>
public sealed class GlueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DataSet Load(string task, string text, string split = "train", string? file = null)
    {
        _folder.Write((file ?? split) + ".tsv", text.Replace('¦', '\t'));
        return Glue.Load(task, _folder.Root, split);
    }

    private static void AssertExample(Example example, string id, string text, string? pair, int? label) =>
        Assert.Equal((id, text, pair, label), (example.Id, example.Text, example.Pair, example.ClassIndex));

    [Fact]
    public void ColaHasNoHeaderInTrainAndDevButInTest()
    {
        DataSet train = Load("CoLA", "gj04¦1¦¦Our friends left.\ngj04¦0¦*¦Friends our left.\n");
        AssertExample(train.Examples[0], "train-0", "Our friends left.", null, 1);
        AssertExample(train.Examples[1], "train-1", "Friends our left.", null, 0);
        Assert.Equal(("matthews", 2), (train.Task.BestMetric, train.Task.Outputs));

        DataSet test = Load("CoLA", "index¦sentence\n0¦Bill left.\n", "test");
        AssertExample(Assert.Single(test.Examples), "test-0", "Bill left.", null, null);
        Assert.False(test.IsLabelled);
    }

    [Fact]
    public void Sst2()
    {
        AssertExample(Load("sst2", "sentence¦label\nno wit ¦0\n").Examples[0], "train-0", "no wit ", null, 0);
        AssertExample(Load("SST-2", "index¦sentence\n0¦uneasy\n", "test").Examples[0], "test-0", "uneasy", null, null);
    }

    [Fact]
    public void MrpcHasAByteOrderMarkAndQuotesThatAreText()
    {
        DataSet data = Load("mrpc", "\uFEFFQuality¦#1 ID¦#2 ID¦#1 String¦#2 String\r\n1¦7¦8¦He said \" no .¦\" No , he said .\r\n");
        AssertExample(Assert.Single(data.Examples), "train-0", "He said \" no .", "\" No , he said .", 1);
        AssertExample(Load("mrpc", "index¦#1 ID¦#2 ID¦#1 String¦#2 String\n0¦1¦2¦a¦b\n", "test").Examples[0], "test-0", "a", "b", null);
    }

    [Fact]
    public void StsBIsARegressionOnTheLastColumn()
    {
        const string header = "index¦genre¦filename¦year¦old_index¦source1¦source2¦sentence1¦sentence2";
        DataSet data = Load("sts_b", header + "¦score\n0¦g¦f¦2012¦0001¦none¦none¦A plane.¦An air plane.¦3.800\n");
        Assert.Equal([3.8f], data.Examples[0].Targets!);
        Assert.Equal((null, 1, TaskKind.Regression), (data.Examples[0].ClassIndex, data.Task.Outputs, data.Task.Kind));
        DataSet test = Load("sts-b", header + "\n0¦g¦f¦2012¦0001¦none¦none¦A plane.¦An air plane.\n", "test");
        AssertExample(test.Examples[0], "test-0", "A plane.", "An air plane.", null);
        Assert.Null(test.Examples[0].Targets);
    }

    [Fact]
    public void QqpLeavesOutMalformedRowsAndCountsThem()
    {
        const string header = "id¦qid1¦qid2¦question1¦question2¦is_duplicate\n";
        DataSet data = Load("QQP", header + "1¦2¦3¦Why ?¦Who ?¦0\n4¦5¦6¦broken\nin two¦x¦1\n7¦8¦9¦How ?¦How come ?¦1\n");
        Assert.Equal(2, data.SkippedRows);
        AssertExample(data.Examples[0], "train-0", "Why ?", "Who ?", 0);
        AssertExample(data.Examples[1], "train-3", "How ?", "How come ?", 1);
        AssertExample(Load("QQP", "id¦question1¦question2\n0¦a¦b\n", "test").Examples[0], "test-0", "a", "b", null);
    }

    [Fact]
    public void MnliCountsContradictionFirstAndHasTwoDevSets()
    {
        const string head = "index¦promptID¦pairID¦genre¦s1b¦s2b¦s1p¦s2p¦sentence1¦sentence2¦label1¦gold_label\n";
        DataSet train = Load("mnli", head + Row("neutral") + Row("entailment") + Row("contradiction"));
        Assert.Equal([2, 1, 0], train.Examples.Select(e => e.ClassIndex!.Value));
        AssertExample(train.Examples[0], "train-0", "premise", "hypothesis", 2);

        DataSet matched = Load("mnli", head + Row("neutral"), "dev", "dev_matched");
        Assert.Equal(("dev_matched", "dev_matched-0"), (matched.Split, matched.Examples[0].Id));
        DataSet mismatched = Load("mnli", head + Row("entailment"), "dev_mismatched");
        Assert.Equal("dev_mismatched-0", mismatched.Examples[0].Id);
        DataSet test = Load("mnli", "index¦promptID¦pairID¦genre¦s1b¦s2b¦s1p¦s2p¦sentence1¦sentence2\n0¦1¦2¦g¦a¦b¦c¦d¦p¦h\n", "test", "test_matched");
        AssertExample(test.Examples[0], "test_matched-0", "p", "h", null);

        static string Row(string label) => $"0¦1¦2¦fiction¦a¦b¦c¦d¦premise¦hypothesis¦neutral¦{label}\n";
    }

    [Theory]
    [InlineData("qnli", "index¦question¦sentence¦label")]
    [InlineData("rte", "index¦sentence1¦sentence2¦label")]
    public void QnliAndRteCountEntailmentFirst(string task, string header)
    {
        DataSet data = Load(task, header + "\n0¦a¦b¦not_entailment\n1¦c¦d¦entailment\n");
        AssertExample(data.Examples[0], "train-0", "a", "b", 1);
        AssertExample(data.Examples[1], "train-1", "c", "d", 0);
        AssertExample(Load(task, "index¦x¦y\n0¦a¦b\n", "test").Examples[0], "test-0", "a", "b", null);
    }

    [Fact]
    public void Wnli() =>
        AssertExample(Load("wnli", "index¦sentence1¦sentence2¦label\n0¦a¦b¦1\n").Examples[0], "train-0", "a", "b", 1);

    [Fact]
    public void FindsTheTaskFolderBelowTheGlueFolder()
    {
        _folder.Write("SST-2/dev.tsv", "sentence\tlabel\nx\t1\n");
        Assert.EndsWith(Path.Combine("SST-2", "dev.tsv"), Glue.Load("sst-2", _folder.Root, "dev").Source, StringComparison.Ordinal);
    }
}
