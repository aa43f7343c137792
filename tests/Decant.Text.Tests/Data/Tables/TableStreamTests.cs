using System.Text;
using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

public sealed class TableStreamTests
{
    [Fact]
    public void ReadsFromAStreamInAnyForm()
    {
        Assert.Equal(["row-0:a b", "row-1:", "row-2:c"], Show("a b\n\nc\n", new()));
        Assert.Equal(["row-0:a"], Show("{\"text\": \"a\"}\n", new() { Format = TableFormat.JsonLines }));
        Assert.Equal(["7:x,y"], Show("id,text\n7,\"x,y\"\n", new() { Format = TableFormat.Csv, Id = "id" }));

        static string[] Show(string text, TableOptions options) =>
            [.. TableReader.Stream(new MemoryStream(Encoding.UTF8.GetBytes(text)), "standard input", options).Select(e => $"{e.Id}:{e.Text}")];
    }

    [Fact]
    public void LabelsAreReadIfTheTaskIsKnown()
    {
        var task = new TaskDefinition { Name = "t", Kind = TaskKind.SingleLabel, Labels = ["n", "p"], Metrics = ["accuracy"], BestMetric = "accuracy" };
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "text,label\na,p\nb,\n");
        Assert.Equal([1, null], TableReader.Stream(path, new(), task).Select(e => e.ClassIndex));
        Assert.Equal([null, null], TableReader.Stream(path, new()).Select(e => e.ClassIndex));
    }

    [Fact]
    public void AnErrorComesWithItsLineAfterTheRowsBeforeIt()
    {
        var read = new List<string>();
        var error = Assert.Throws<DecantException>(() =>
        {
            foreach (Example e in TableReader.Stream(new MemoryStream("text\na\nb\tc\n"u8.ToArray()), "pipe", new() { Format = TableFormat.Tsv })) read.Add(e.Text);
        });
        Assert.Equal(["a"], read);
        Assert.StartsWith("pipe: line 3 has 2 fields", error.Message, StringComparison.Ordinal);
    }
}
