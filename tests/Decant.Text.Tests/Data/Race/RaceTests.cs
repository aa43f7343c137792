using Decant.Tests;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tests.Batching;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Data;

public sealed class RaceTests : IDisposable
{
    private const string Passage = """
        {"answers": ["C", "A"], "options": [["w", "x", "y", "z"], ["1", "2", "3", "4"]],
         "questions": ["Which letter ?", "How _ ?"], "article": "Some story.", "id": "high1.txt"}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ErrorOf(string json)
    {
        string path = _folder.Write("dev/high-1.txt", json);
        string message = Assert.Throws<DecantException>(() => Race.Load(_folder.Root, "dev")).Message;
        return message.Replace(path, "high-1.txt", StringComparison.Ordinal);
    }

    [Fact]
    public void AQuestionIsAnExample()
    {
        _folder.Write("dev/middle-2.txt", Passage);
        _folder.Write("dev/high-1.txt", Passage);
        DataSet data = Race.Load(_folder.Root, "dev");
        Assert.Equal(["high-1.txt-0", "high-1.txt-1", "middle-2.txt-0", "middle-2.txt-1"], data.Examples.Select(e => e.Id));
        Example example = data.Examples[1];
        Assert.Equal(("Some story.", "How _ ?", 0), (example.Text, example.Pair, example.ClassIndex));
        Assert.Equal(["1", "2", "3", "4"], example.Choices!);
        Assert.Equal(2, data.Examples[0].ClassIndex);
        Assert.Equal((TaskKind.MultipleChoice, 1, 4), (data.Task.Kind, data.Task.Outputs, data.Task.Choices));
        Assert.Equal(["middle-2.txt-0", "middle-2.txt-1"], Race.Load(_folder.Root, "dev", "middle").Examples.Select(e => e.Id));
    }

    [Fact]
    public void EverySequenceIsTheArticleAndTheQuestionWithOneOption()
    {
        _folder.Write("dev/high-1.txt", Passage);
        var pairs = new List<string>();
        EncodedDataSet data = EncodedDataSet.Encode(Race.Load(_folder.Root, "dev"), (text, pair, maxLength, ids) =>
        {
            lock (pairs) pairs.Add($"{text}|{pair}");
            return TestData.EncodeWords(text, pair, maxLength, ids);
        }, 64);
        Assert.Equal(["Some story.|Which letter ? w", "Some story.|Which letter ? x", "Some story.|Which letter ? y", "Some story.|Which letter ? z"], pairs[..4]);
        Assert.Equal((2, 4, 8), (data.Count, data.Choices, data.Sequences));
    }

    [Fact]
    public void AFileWithoutAnswersIsUnlabelled()
    {
        _folder.Write("test/high-1.txt", Passage.Replace("\"answers\"", "\"other\"", StringComparison.Ordinal));
        Assert.False(Race.Load(_folder.Root, "test").IsLabelled);
    }

    [Fact]
    public void SaysWhatIsWrong()
    {
        Assert.Equal("high-1.txt: answers[1] is 'E', but it must be one of A, B, C, D.", ErrorOf(Passage.Replace("\"A\"", "\"E\"", StringComparison.Ordinal)));
        Assert.Equal("high-1.txt: 'options[0]' has 3 entries, but 4 are needed.", ErrorOf(Passage.Replace("\"w\", ", "", StringComparison.Ordinal)));
        Assert.Equal("high-1.txt: 'answers' has 1 entries, but 2 are needed.", ErrorOf(Passage.Replace("\"C\", ", "", StringComparison.Ordinal)));
        Assert.Equal("high-1.txt: there is no field 'article'. There are answers, options, questions, text, id.",
            ErrorOf(Passage.Replace("\"article\"", "\"text\"", StringComparison.Ordinal)));
        Assert.Equal("high-1.txt: 'article' is number, but it must be a text in quotes.", ErrorOf(Passage.Replace("\"Some story.\"", "5", StringComparison.Ordinal)));
        Assert.Equal("high-1.txt: not a JSON object with article, questions, options and answers.", ErrorOf("[]"));
        Assert.StartsWith("high-1.txt: not valid JSON at line 1, byte 1.", ErrorOf(""), StringComparison.Ordinal);
        Assert.StartsWith("high-1.txt: not valid JSON at line 2, byte ", ErrorOf(Passage[..150]), StringComparison.Ordinal);
    }

    [Fact]
    public void SaysWhatIsMissing()
    {
        Assert.Equal($"{Path.Combine(_folder.Root, "dev")}: there is no such folder.", Assert.Throws<DecantException>(() => Race.Load(_folder.Root, "dev")).Message);
        Directory.CreateDirectory(Path.Combine(_folder.Root, "dev"));
        Assert.Equal($"{Path.Combine(_folder.Root, "dev")}: no examples. The dev split of race needs at least one.",
            Assert.Throws<DecantException>(() => Race.Load(_folder.Root, "dev")).Message);
        Assert.Equal("RACE has no level 'low'. Its levels are high and middle.",
            Assert.Throws<DecantException>(() => Race.Load(_folder.Root, "dev", "low")).Message);
    }

    [SkippableFact]
    public void LongArticlesAreCutAndOptionsStayWhole()
    {
        DataSet data = Race.Load(TestPaths.Require(TestPaths.Data, "race"), "dev", "high");
        var tokenizer = WordPieceTokenizer.Load(TestPaths.Require(TestPaths.Data, "vocab/vocab.txt"));
        EncodedDataSet encoded = EncodedDataSet.Encode(data, tokenizer, 200);
        for (int s = 0; s < encoded.Sequences; s += 7)
        {
            Example example = data.Examples[s / 4];
            int[] pair = tokenizer.Encode($"{example.Pair} {example.Choices![s % 4]}").Ids[1..];
            Assert.Equal(pair, encoded.Ids(s)[encoded.FirstSegmentLength(s)..].ToArray());
            Assert.InRange(encoded.Length(s), pair.Length + 2, 200);
            Assert.True(encoded.Ids(s)[1..(encoded.FirstSegmentLength(s) - 1)].SequenceEqual(tokenizer.Encode(example.Text).Ids.AsSpan(1, encoded.FirstSegmentLength(s) - 2)));
        }
        Assert.Equal(200, Enumerable.Range(0, encoded.Sequences).Max(encoded.Length));
    }

    [SkippableTheory]
    [InlineData("train", 1050)]
    [InlineData("dev", 286)]
    public void RealFiles(string split, int passages)
    {
        DataSet data = Race.Load(TestPaths.Require(TestPaths.Data, "race"), split);
        Assert.Equal(passages, data.Examples.Select(e => e.Id[..e.Id.LastIndexOf('-')]).Distinct().Count());
        Assert.True(data.IsLabelled);
        Assert.All(data.Examples, e => Assert.Equal(4, e.Choices!.Count));
        Assert.All(Enumerable.Range(0, 4), answer => Assert.InRange(data.Examples.Count(e => e.ClassIndex == answer) / (double)data.Examples.Count, 0.15, 0.35));
    }
}
