using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

/// <summary>What a person is told when a GLUE file is not as it should be.</summary>
public sealed class GlueErrorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ErrorOf(string task, string text, string split = "train")
    {
        _folder.Write(split + ".tsv", text.Replace('¦', '\t'));
        string message = Assert.Throws<DecantException>(() => Glue.Load(task, _folder.Root, split)).Message;
        return message.Replace(_folder.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(_folder.Root, "FOLDER", StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFields()
    {
        Assert.Equal("train.tsv: line 3 has 1 tab-separated field, but sst-2 needs at least 2 (text in column 1, label in column 2).",
            ErrorOf("sst-2", "sentence¦label\na¦1\nb\n"));
        Assert.Equal("train.tsv: line 2 has 3 tab-separated fields, but rte needs at least 4 (text in column 2, second text in column 3, label after them).",
            ErrorOf("rte", "index¦sentence1¦sentence2¦label\n0¦a¦b\n"));
    }

    [Fact]
    public void UnknownLabel()
    {
        Assert.Equal("train.tsv: line 2: the label '2' is not one of sst-2's labels (0, 1).", ErrorOf("sst-2", "sentence¦label\na¦2\n"));
        Assert.Equal("train.tsv: line 2: the label 'entailed' is not one of rte's labels (entailment, not_entailment). Did you mean 'entailment'?",
            ErrorOf("rte", "index¦sentence1¦sentence2¦label\n0¦a¦b¦entailed\n"));
    }

    [Theory]
    [InlineData("high")]
    [InlineData("3,8")]
    [InlineData("NaN")]
    [InlineData("1e99")]
    [InlineData("")]
    public void RegressionLabelThatIsNoNumber(string label) =>
        Assert.Equal($"train.tsv: line 2: the label '{label}' is not a number; sts-b is a regression task.",
            ErrorOf("sts-b", $"i¦g¦f¦y¦o¦s¦s¦a¦b¦score\n0¦g¦f¦y¦o¦n¦n¦a¦b¦{label}\n"));

    [Theory]
    [InlineData("")]
    [InlineData("sentence¦label\n")]
    public void EmptyFile(string text) =>
        Assert.Equal("train.tsv: no examples. The train split of sst-2 needs at least one.", ErrorOf("sst-2", text));

    [Fact]
    public void ForgottenHeader() =>
        Assert.Equal("train.tsv: line 1: '1' is a label of sst-2, but this line should name the columns. Put GLUE's header line back.",
            ErrorOf("sst-2", "a fine film¦1\nb¦0\n"));

    [Fact]
    public void BytesThatAreNotUtf8()
    {
        _folder.Write("train.tsv", [.. "sentence\tlabel\ncaf"u8, 0xE9, .. "\t1\n"u8]);
        string message = Assert.Throws<DecantException>(() => Glue.Load("sst-2", _folder.Root, "train")).Message;
        Assert.Contains("train.tsv: line 2 is not UTF-8: byte 0xE9 at offset 18 of the file", message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFileNamesWhatIsThere()
    {
        _folder.Write("train.tsv", "x");
        _folder.Write("dev.tsv", "x");
        Assert.Equal($"{_folder.Root}: there is no test.tsv. It holds dev.tsv, train.tsv.",
            Assert.Throws<DecantException>(() => Glue.Load("sst-2", _folder.Root, "test")).Message);
        Assert.Equal($"{_folder.Root}/none: there is no such folder.",
            Assert.Throws<DecantException>(() => Glue.Load("sst-2", _folder.Root + "/none", "test")).Message);
    }

    [Fact]
    public void UnknownTaskNamesTheNearest() =>
        Assert.Equal("GLUE has no task 'mrcp'. Did you mean mrpc? Its tasks are cola, sst-2, mrpc, sts-b, qqp, mnli, qnli, rte, wnli.",
            Assert.Throws<DecantException>(() => Glue.Load("mrcp", _folder.Root, "dev")).Message);

    [Fact]
    public void UnlabelledSplitUsedForEvaluation()
    {
        _folder.Write("test.tsv", "index\tsentence\n0\ta\n");
        string message = Assert.Throws<DecantException>(() => Glue.Load("sst-2", _folder.Root, "test").RequireLabels()).Message;
        Assert.Contains("the test split of sst-2 has no labels for 1 of 1 examples (first: test-0)", message, StringComparison.Ordinal);
    }
}
