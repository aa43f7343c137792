using Decant.Tests;
using Decant.Text.Augmentation;
using Decant.Text.Data;

namespace Decant.Text.Tests.Augmentation;

public sealed class AugmentationTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Glue_rows_keep_their_other_columns()
    {
        folder.Write("MRPC/train.tsv", "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t70\t71\tHe said \"no\".\tHe did.\n");
        AugmentationTable table = AugmentationTable.OpenGlue("mrpc", folder.Root);
        Assert.Equal("Quality\t#1 ID\t#2 ID\t#1 String\t#2 String", table.Header());
        AugmentationRow row = table.Rows().Single();
        Assert.Equal(["He said \"no\".", "He did."], row.Texts);
        Assert.Equal("1\t70\t71\ta \"b\"\tc", row.With(["a \"b\"", "c"]));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void CoLA_has_no_header_and_QQP_may_have_short_rows()
    {
        folder.Write("CoLA/train.tsv", "gj04\t1\t\tOur friends won't buy.\nr-67\t0\t*\tMany the.\n");
        AugmentationTable cola = AugmentationTable.OpenGlue("cola", folder.Root);
        Assert.Null(cola.Header());
        Assert.Equal(["gj04\t1\t\tx", "r-67\t0\t*\tx"], cola.Rows().Select(r => r.With(["x"])));
        folder.Write("QQP/train.tsv", "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n1\t2\t3\ta\tb\t0\nbroken\trow\n4\t5\t6\tc\td\t1\n");
        AugmentationTable qqp = AugmentationTable.OpenGlue("qqp", folder.Root);
        Assert.Equal(2, qqp.Count);
        Assert.Equal([["a", "b"], ["c", "d"]], qqp.Rows().Select(r => r.Texts));
    }

    [Fact]
    public void What_is_written_reads_as_the_task_again()
    {
        string text = "sentence\tlabel\na fine film \t1\nbad\t0\n";
        folder.Write("SST-2/train.tsv", text);
        AugmentationTable table = AugmentationTable.OpenGlue("sst-2", folder.Root);
        string again = string.Concat(table.Rows().Select(r => r.With(r.Texts) + "\n").Prepend(table.Header() + "\n"));
        Assert.Equal(text, again);
        DataSet data = Glue.LoadFile("sst-2", folder.Write("elsewhere/more.tsv", again), "augmented");
        Assert.Equal(Glue.Load("sst-2", folder.Root, "train").Examples.Select(e => (e.Text, e.ClassIndex)), data.Examples.Select(e => (e.Text, e.ClassIndex)));
        Assert.Equal("augmented-0", data.Examples[0].Id);
    }

    [Theory]
    [InlineData("csv", "id,text,label\n1,\"a, \"\"b\"\"\nc\",x\n2,d,y\n")]
    [InlineData("tsv", "id\ttext\tlabel\n1\ta \"b\" c\tx\n2\td\ty\n")]
    [InlineData("jsonl", "{\"id\":1,\"text\":\"a \\\"b\\\" é\",\"label\":[\"x\"]}\n{\"text\":\"d\",\"id\":2.50,\"label\":null}\n")]
    [InlineData("txt", "one text\nanother, \"text\"\n")]
    public void Own_files_are_written_as_they_were(string extension, string text)
    {
        AugmentationTable table = AugmentationTable.Open(folder.Write($"own.{extension}", text), new());
        Assert.Equal(2, table.Count);
        Assert.Equal(text, string.Concat(table.Rows().Select(r => r.With(r.Texts) + "\n").Prepend(table.Header() is { } header ? header + "\n" : "")));
    }

    [Fact]
    public void Pairs_of_own_files_are_both_replaced_and_quoted_where_they_must_be()
    {
        AugmentationTable csv = AugmentationTable.Open(folder.Write("own.csv", "b,a\nx,y\n"), new() { Text = "a", Pair = "b" });
        Assert.Equal(["y", "x"], csv.Rows().Single().Texts);
        Assert.Equal("\"1, 2\",\"say \"\"3\"\"\"", csv.Rows().Single().With(["say \"3\"", "1, 2"]));
        AugmentationTable json = AugmentationTable.Open(folder.Write("own.jsonl", "{\"b\":\"x\",\"a\":\"y\",\"n\":1}\n"), new() { Text = "a", Pair = "b" });
        Assert.Equal("{\"b\":\"2\",\"a\":\"1\",\"n\":1}", json.Rows().Single().With(["1", "2"]));
    }

    [Fact]
    public void What_the_readers_refuse_is_refused_before_anything_is_done()
    {
        Assert.Contains("there is no column 'text'", Refusal("a.csv", "txt,label\nx,y\n"));
        Assert.Contains("holds no examples", Refusal("b.csv", "text,label\n"));
        Assert.Contains("line 2 is not valid JSON", Refusal("c.jsonl", "{\"text\":\"x\"}\n{\n"));
        Assert.Contains("the extension does not say", Refusal("d.dat", "x\n"));
        Assert.Contains("cannot be written again", Refusal("e.jsonl", "{\"text\":\"x\",\"n\":1,\"n\":2}\n"));
        Assert.Contains("surrogate", Refusal("f.jsonl", "{\"text\":\"x\",\"n\":\"\\uD800\"}\n"));
        folder.Write("SST-2/train.tsv", "sentence\tlabel\nno label\n");
        Assert.Contains("line 2 has 1 tab-separated field", Assert.Throws<DecantException>(() => AugmentationTable.OpenGlue("sst-2", folder.Root)).Message);
    }

    private string Refusal(string name, string text)
    {
        string path = folder.Write(name, text);
        return Assert.Throws<DecantException>(() => AugmentationTable.Open(path, new())).Message;
    }
}
