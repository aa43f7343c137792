using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

public sealed class TableReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DataSet Load(string file, string text, TableOptions? options = null, TaskDefinition? task = null, LabelColumn labels = LabelColumn.Required, string split = "train") =>
        TableReader.Load(_folder.Write(file, text), options ?? new(), split, task, labels);

    private static string Show(DataSet data) =>
        string.Join(" / ", data.Examples.Select(e => $"{e.Id}:{e.Text}|{e.Pair}|{e.ClassIndex?.ToString() ?? (e.Targets is null ? "?" : string.Join(',', e.Targets))}"));

    [Fact]
    public void CsvWithQuotesAndAnyColumnOrder()
    {
        DataSet data = Load("a.csv", "\uFEFFlabel,source,text\r\npos,web,\"Nice, \"\"very\"\" nice\nindeed\"\r\nneg , web,Bad\r\n");
        Assert.Equal("train-0:Nice, \"very\" nice\nindeed||1 / train-1:Bad||0", Show(data));
        Assert.Equal(["neg", "pos"], data.Task.Labels);
        Assert.Equal((TaskKind.SingleLabel, 2, "accuracy"), (data.Task.Kind, data.Task.Outputs, data.Task.BestMetric));
    }

    [Fact]
    public void TsvTakesQuotesAsText() =>
        Assert.Equal("train-0:\"a|b\"|1 / train-1:c|d|0", Show(Load("a.tsv", "text\tother\tlabel\n\"a\tb\"\t1\nc\td\t0\n", new() { Pair = "other" })));

    [Fact]
    public void JsonLinesWithAnyKindOfLabel()
    {
        DataSet data = Load("a.jsonl", "{\"text\": \"caf\\u00e9\", \"label\": true}\n\n{\"label\": false, \"text\": \"b\", \"more\": [1]}\n");
        Assert.Equal("train-0:café||1 / train-1:b||0", Show(data));
        Assert.Equal(["false", "true"], data.Task.Labels);
        Assert.Equal(["2", "10"], Load("b.jsonl", "{\"text\": \"a\", \"label\": 10}\n{\"text\": \"b\", \"label\": 2}\n").Task.Labels);
    }

    [Fact]
    public void PairsIdsAndOtherColumnNames()
    {
        var options = new TableOptions { Text = "premise", Pair = "claim", Label = "verdict", Id = "key", Separator = ';' };
        DataSet data = Load("a.csv", "key;premise;claim;verdict\nx7;p;c;yes\nx3;q;d;no\n", options);
        Assert.Equal("x7:p|c|1 / x3:q|d|0", Show(data));
        Assert.True(data.Task.IsPair);
    }

    [Fact]
    public void WithoutAHeaderColumnsHaveNumbers() =>
        Assert.Equal("train-0:a||0 / train-1:b||1", Show(Load("a.csv", "n,1,a\np,2,b\n", new() { HasHeader = false, Text = "3", Label = "1" })));

    [Fact]
    public void Regression()
    {
        DataSet data = Load("a.csv", "text,label\na,-1.5\nb,2e1\n", new() { Kind = TaskKind.Regression });
        Assert.Equal("train-0:a||-1.5 / train-1:b||20", Show(data));
        Assert.Equal((1, "pearson"), (data.Task.Outputs, data.Task.BestMetric));
        Assert.Equal("train-0:a||0.25", Show(Load("b.jsonl", "{\"text\": \"a\", \"label\": 0.25}", new() { Kind = TaskKind.Regression })));
    }

    [Fact]
    public void SeveralLabels()
    {
        var options = new TableOptions { Kind = TaskKind.MultiLabel };
        DataSet csv = Load("a.csv", "text,label\na,sad; mad\nb,\nc,glad\n", options);
        Assert.Equal(["glad", "mad", "sad"], csv.Task.Labels);
        Assert.Equal("train-0:a||0,1,1 / train-1:b||0,0,0 / train-2:c||1,0,0", Show(csv));
        DataSet json = Load("a.jsonl", "{\"text\": \"a\", \"label\": [\"sad\", \"mad\"]}\n{\"text\": \"b\", \"label\": []}\n{\"text\": \"c\", \"label\": \"glad\"}\n", options);
        Assert.Equal(csv.Examples.Select(e => e.Targets), json.Examples.Select(e => e.Targets));
    }

    [Fact]
    public void OtherSplitsGetTheClassesOfTheTrainingFile()
    {
        DataSet train = Load("train.csv", "text,label\na,b\nc,a\nd,c\n");
        DataSet dev = Load("dev.csv", "text,label\nx,c\n", task: train.Task, split: "dev");
        Assert.Equal("dev-0:x||2", Show(dev));
        Assert.Same(train.Task, dev.Task);
        Assert.Equal("train-0:x||0", Show(Load("b.csv", "text,label\nx,z\n", new() { Labels = ["z", "a"] })));
    }

    [Fact]
    public void LabelsMayBeMissingWhereThatIsAllowed()
    {
        DataSet none = Load("a.csv", "text\na\n", labels: LabelColumn.Optional);
        Assert.False(none.IsLabelled);
        Assert.Empty(none.Task.Labels);
        Assert.Equal("train-0:a||0 / train-1:b||? / train-2:c||1", Show(Load("b.csv", "text,label\na,n\nb,\nc,p\n", labels: LabelColumn.Optional)));
        Assert.Equal("train-0:a||?", Show(Load("c.csv", "text,label\na,whatever\n", labels: LabelColumn.Ignored)));
        Assert.Equal("train-0:a||? / train-1:||?", Show(Load("d.txt", "a\n\n", labels: LabelColumn.Ignored)));
    }
}
