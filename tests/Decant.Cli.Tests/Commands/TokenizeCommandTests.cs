using Decant.Tests;

namespace Decant.Cli.Tests.Commands;

public sealed class TokenizeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _vocabulary;

    public TokenizeCommandTests() =>
        _vocabulary = _folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nfine\nfilm\n##s\nFilm\n.\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_in_give_lines_out_in_order()
    {
        Cli result = Cli.RunWith("""
            {"text": "A fine film.", "pair": "films", "max_length": 8}

            {"text": "zebra", "label": 3}
            """, "tokenize", _vocabulary).Done();
        Assert.Equal("""
            {"ids":[2,5,6,7,3,7,8,3],"type_ids":[0,0,0,0,0,1,1,1],"tokens":["[CLS]","a","fine","film","[SEP]","film","##s","[SEP]"]}
            {"ids":[2,1,3],"type_ids":[0,0,0],"tokens":["[CLS]","[UNK]","[SEP]"]}

            """, result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Options_hold_where_a_line_says_nothing()
    {
        const string input = "{\"text\": \"a fine film\"}\n{\"text\": \"a fine film\", \"max_length\": 3}\n";
        Cli result = Cli.RunWith(input, "tokenize", _vocabulary, "--max-length", "2", "--no-special-tokens").Done();
        Assert.Equal("{\"ids\":[5,6],\"type_ids\":[0,0],\"tokens\":[\"a\",\"fine\"]}\n{\"ids\":[5,6,7],\"type_ids\":[0,0,0],\"tokens\":[\"a\",\"fine\",\"film\"]}\n", result.Output);
    }

    [Theory]
    [InlineData(false, "film")]
    [InlineData(true, "Film")]
    public void A_vocabulary_is_uncased_unless_told_otherwise(bool cased, string token)
    {
        string[] args = ["tokenize", _vocabulary, .. cased ? (string[])["--cased"] : []];
        Assert.Contains($"\"{token}\"", Cli.RunWith("{\"text\": \"Film\"}", args).Done().Output);
    }

    [Fact]
    public void Files_are_read_and_written_on_any_number_of_threads()
    {
        string input = _folder.Write("texts.jsonl", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"text\": \"{new string('a', i % 40)} fine {(i % 3 == 0 ? "film" : "zebra")}\"}}\n")));
        string one = _folder.File("one.jsonl"), four = _folder.File("four.jsonl");
        Cli.Run("tokenize", _vocabulary, input, "-o", one, "--threads", "1").Done();
        Cli.Run("tokenize", _vocabulary, input, "-o", four, "--threads", "4").Done();
        Assert.Equal(20_000, File.ReadLines(one).Count());
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(four));
    }

    [Fact]
    public void A_wrong_line_is_named_and_the_lines_before_it_are_written()
    {
        Cli result = Cli.RunWith("{\"text\": \"a\"}\n{\"txt\": \"a\"}\n{\"text\": \"a\"}\n", "tokenize", _vocabulary);
        Assert.Equal(ExitCodes.Failed, result.Code);
        Assert.Equal("error: standard input: line 2 has no \"text\".\n", result.Error);
        Assert.Single(result.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_failed_call_leaves_no_output_file()
    {
        string output = _folder.File("out.jsonl");
        Assert.Equal(ExitCodes.Failed, Cli.RunWith("nonsense", "tokenize", _vocabulary, "-o", output).Code);
        Assert.Equal(["vocab.txt"], Directory.GetFiles(_folder.Root).Select(Path.GetFileName));
    }
}
