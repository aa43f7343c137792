using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

/// <summary>What a person is told when an own file is not as it should be.</summary>
public sealed class TableErrorsTests : IDisposable
{
    private static readonly TableOptions Regression = new() { Kind = TaskKind.Regression };
    private static readonly TableOptions Several = new() { Kind = TaskKind.MultiLabel };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ErrorOf(string file, string text, TableOptions? options = null, TaskDefinition? task = null, LabelColumn labels = LabelColumn.Required)
    {
        string path = _folder.Write(file, text);
        string message = Assert.Throws<DecantException>(() => TableReader.Load(path, options ?? new(), "train", task, labels)).Message;
        return message.Replace(path, file, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingColumnNamesThoseThatAreThereAndTheNearest()
    {
        Assert.Equal("a.csv: line 1: there is no column 'label'. There are text, lable. Did you mean 'lable'?", ErrorOf("a.csv", "text,lable\na,1\n"));
        Assert.Equal("a.tsv: line 1: there is no column 'text'. There are review, label.", ErrorOf("a.tsv", "review\tlabel\na\t1\n"));
        Assert.Equal("a.jsonl: line 2: there is no field 'text'. There are Text, label. Did you mean 'Text'?",
            ErrorOf("a.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"Text\": \"a\", \"label\": 1}\n"));
        Assert.Equal("a.jsonl: line 1: there is no field 'text'. There are none.", ErrorOf("a.jsonl", "{}\n"));
        Assert.Equal("a.csv: there is no column 'text'. There are 1, 2.", ErrorOf("a.csv", "a,1\n", new() { HasHeader = false }));
    }

    [Fact]
    public void AnotherSeparatorIsRecognised() =>
        Assert.Equal("a.csv: line 1: there is one column only, 'text;label'. It looks separated by semicolons: set the separator or the format.", ErrorOf("a.csv", "text;label\na;1\n"));

    [Fact]
    public void AColumnTwice() =>
        Assert.Equal("a.csv: line 1: there are two columns 'text'. Rename one of them.", ErrorOf("a.csv", "text,label,text\na,1,b\n"));

    [Fact]
    public void RowsOfAnotherWidth()
    {
        Assert.Equal("a.tsv: line 3 has 1 field, but there are 2 columns (text, label). Add what is missing.", ErrorOf("a.tsv", "text\tlabel\na\t1\nb\n"));
        Assert.Equal("a.csv: line 2 has 3 fields, but there are 2 columns (text, label). Put quotes around a text that holds the separator, or remove it.",
            ErrorOf("a.csv", "text,label\na, b,1\n"));
    }

    [Fact]
    public void UnknownLabel()
    {
        var task = new TaskDefinition { Name = "mood", Kind = TaskKind.SingleLabel, Labels = ["negative", "positive"], Metrics = ["accuracy"], BestMetric = "accuracy" };
        Assert.Equal("dev.csv: line 3: the label 'postive' is not one of mood's labels (negative, positive). Did you mean 'positive'?",
            ErrorOf("dev.csv", "text,label\na,negative\nb,postive\n", task: task));
        Assert.Equal("a.csv: line 2: the label 'x' is not one of custom's labels (y, z).", ErrorOf("a.csv", "text,label\na,x\n", new() { Labels = ["y", "z"] }));
    }

    [Fact]
    public void MissingLabel()
    {
        Assert.Equal("a.csv: line 3 has no label. Fill it in, or remove the row.", ErrorOf("a.csv", "text,label\na,x\nb, \nc,y\n"));
        Assert.Equal("a.jsonl: line 2 has no label. Fill it in, or remove the row.",
            ErrorOf("a.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"text\": \"b\", \"label\": null}\n{\"text\": \"c\", \"label\": 2}\n"));
    }

    [Fact]
    public void LabelsThatMakeNoTask()
    {
        Assert.Equal("a.csv: 'label' holds the label 'x' only; a task needs at least 2.", ErrorOf("a.csv", "text,label\na,x\nb,x\n"));
        Assert.Equal("a.csv: 'label' holds no label; a task needs at least 1.", ErrorOf("a.csv", "text,label\na,\n", Several));
        string many = "text,label\n" + string.Concat(Enumerable.Range(0, 1001).Select(i => $"a,{i}.5\n"));
        Assert.Equal("a.csv: 'label' holds 1001 different labels, more than 1000. Is it the right column? Numbers on a scale are a regression task.", ErrorOf("a.csv", many));
        Assert.Equal("The labels given for custom hold one twice: a, a.", ErrorOf("a.csv", "text,label\na,x\n", new() { Labels = ["a", "a"] }));
    }

    [Fact]
    public void RegressionLabelThatIsNoNumber()
    {
        Assert.Equal("a.csv: line 2: the label 'high' is not a number; custom is a regression task.", ErrorOf("a.csv", "text,label\na,high\n", Regression));
        Assert.Equal("a.jsonl: line 1: the label '1e99' is not a number; custom is a regression task.", ErrorOf("a.jsonl", "{\"text\": \"a\", \"label\": 1e99}", Regression));
    }

    [Theory]
    [InlineData("a.csv", "")]
    [InlineData("a.csv", "text,label\n")]
    [InlineData("a.jsonl", "\n\n")]
    public void EmptyFile(string file, string text) =>
        Assert.Equal($"{file}: no examples. The train split of custom needs at least one.", ErrorOf(file, text));

    [Fact]
    public void InvalidJson()
    {
        Assert.StartsWith("a.jsonl: line 2 is not valid JSON at byte 12:", ErrorOf("a.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"text\": \"a\n"), StringComparison.Ordinal);
        Assert.StartsWith("a.jsonl: line 1 is not valid JSON", ErrorOf("a.jsonl", "[\n{\"text\": \"a\"}\n]\n"), StringComparison.Ordinal);
        Assert.Equal("a.jsonl: line 1 is not a JSON object. A JSONL file has one object a line, such as {\"text\": \"…\"}.", ErrorOf("a.jsonl", "[1]\n"));
        Assert.Equal("a.jsonl: line 1: 'text' is number, but it must be a text in quotes.", ErrorOf("a.jsonl", "{\"text\": 5, \"label\": 1}"));
        Assert.Equal("a.jsonl: line 1: 'label' is object, but it must be a text, a number, true or false.", ErrorOf("a.jsonl", "{\"text\": \"a\", \"label\": {}}"));
        Assert.Equal("a.jsonl: line 1: 'label' is a list, but the task has one label an example.", ErrorOf("a.jsonl", "{\"text\": \"a\", \"label\": [1]}"));
        Assert.Equal("a.jsonl: line 1: 'text' holds half of a surrogate pair (\\uD800 to \\uDFFF) or bytes that are not UTF-8, and is no text.", ErrorOf("a.jsonl", "{\"text\": \"\\ud800\", \"label\": 1}"));
        Assert.Equal("a.jsonl: line 1: a field's name holds half of a surrogate pair (\\uD800 to \\uDFFF) or bytes that are not UTF-8, and is no text.", ErrorOf("a.jsonl", "{\"te\\ud800\": 1}"));
    }

    [Fact]
    public void RepeatedId() =>
        Assert.Equal("a.csv: line 4 has the id 'k' of line 2. Ids must differ.", ErrorOf("a.csv", "text,label,id\na,x,k\nb,y,l\nc,x,k\n", new() { Id = "id" }));

    [Fact]
    public void BytesThatAreNotUtf8()
    {
        string path = _folder.Write("a.csv", [.. "text,label\na,1\ncaf"u8, 0xE9, .. ",2\n"u8]);
        string message = Assert.Throws<DecantException>(() => TableReader.Load(path, new(), "train")).Message;
        Assert.StartsWith($"{path}: line 3 is not UTF-8: byte 0xE9 at offset 18 of the file (column 4 of the line, in bytes).", message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownForm()
    {
        Assert.Equal("a.xlsx: the extension does not say what form the file has. Rename it to .csv, .tsv, .jsonl or .txt, or set the format.", ErrorOf("a.xlsx", "x"));
        Assert.Equal("a.txt: a file of plain lines holds no labels. Use CSV, TSV or JSONL.", ErrorOf("a.txt", "x"));
        Assert.Equal("a.txt: a file of plain lines holds no pairs. Use CSV, TSV or JSONL.", ErrorOf("a.txt", "x", new() { Pair = "b" }));
        Assert.Equal("custom: a table cannot hold a task of kind MultipleChoice.", ErrorOf("a.csv", "text,label\na,1\n", new() { Kind = TaskKind.MultipleChoice }));
    }

    [Fact]
    public void UnlabelledSplitUsedForEvaluation()
    {
        string path = _folder.Write("test.csv", "text\na\nb\n");
        DataSet test = TableReader.Load(path, new(), "test", labels: LabelColumn.Optional);
        Assert.StartsWith($"{path}: the test split of custom has no labels for 2 of 2 examples (first: test-0)",
            Assert.Throws<DecantException>(() => test.RequireLabels()).Message, StringComparison.Ordinal);
    }
}
