using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Batching;

public class EncodedDataSetTests
{
    private static readonly TaskDefinition Choice = new() { Name = "race", Kind = TaskKind.MultipleChoice, Choices = 2, Metrics = ["accuracy"], BestMetric = "accuracy" };

    // [PAD] 0, [UNK] 1, [CLS] 2, [SEP] 3, [MASK] 4, a 5, b 6, …
    private static readonly WordPieceTokenizer Letters =
        new(new Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. "abcdefghijklmnopqrstuvwxyz".Select(c => $"{c}")]));

    private static string Show(EncodedDataSet data, int sequence) =>
        string.Join(' ', data.Ids(sequence).ToArray().Select(id => Letters.Vocabulary[id])) + $" /{data.FirstSegmentLength(sequence)}";

    private static EncodedDataSet Encode(TaskDefinition task, int maxLength, Truncation? truncation, params Example[] examples) =>
        EncodedDataSet.Encode(new DataSet(task, "train", examples, "memory"), Letters, maxLength, truncation);

    [Fact]
    public void EncodesTextsAndPairs()
    {
        EncodedDataSet data = Encode(TestData.TwoClasses, 32, null, new Example { Id = "0", Text = "a B c" }, new Example { Id = "1", Text = "d", Pair = "e é" });
        Assert.Equal(["[CLS] a b c [SEP] /5", "[CLS] d [SEP] e e [SEP] /3"], [Show(data, 0), Show(data, 1)]);
        Assert.Equal((2, 1, 2, 11, 32), (data.Count, data.Choices, data.Sequences, data.Tokens, data.MaxLength));
        Assert.Equal([5, 6], data.ExampleLengths());
    }

    [Fact]
    public void CutsTheLongerTextOfAPair()
    {
        var example = new Example { Id = "0", Text = "a b c d e f", Pair = "x y z" };
        Assert.Equal("[CLS] a b c [SEP] x y [SEP] /5", Show(Encode(TestData.TwoClasses, 8, null, example), 0));
        Assert.Equal("[CLS] a b [SEP] x y z [SEP] /4", Show(Encode(TestData.TwoClasses, 8, Truncation.OnlyFirst, example), 0));
    }

    [Fact]
    public void MultipleChoiceCutsTheArticleFirst()
    {
        var example = new Example { Id = "0", Text = "a b c d e f", Pair = "q", Choices = ["x", "x y z u v w"] };
        EncodedDataSet data = Encode(Choice, 8, null, example);
        Assert.Equal(["[CLS] a b c [SEP] q x [SEP] /5", "[CLS] [SEP] q x y z u [SEP] /2"], [Show(data, 0), Show(data, 1)]);
        Assert.Equal(8, data.ExampleLength(0));
        EncodedDataSet official = Encode(Choice, 8, Truncation.LongestFirst, example);
        Assert.Equal(["[CLS] a b c [SEP] q x [SEP] /5", "[CLS] a b c [SEP] q x [SEP] /5"], [Show(official, 0), Show(official, 1)]);
    }

    [Fact]
    public void TheOrderDoesNotDependOnTheThreads()
    {
        Example[] examples = [.. Enumerable.Range(0, 3000).Select(i => new Example { Id = $"{i}", Text = new string((char)('a' + i % 26), 1) + new string(' ', 1 + i % 7) + "z" })];
        EncodedDataSet data = Encode(TestData.TwoClasses, 16, null, examples);
        EncodedDataSet own = EncodedDataSet.Encode(data.Data, (text, _, _, ids) =>
        {
            ids.AddRange(Letters.Encode(text).Ids);
            return ids.Count;
        }, 16);
        for (int i = 0; i < examples.Length; i++)
        {
            Assert.Equal(examples[i].Text[..1], Letters.Vocabulary[data.Ids(i)[1]]);
            Assert.True(data.Ids(i).SequenceEqual(own.Ids(i)));
        }
    }

    [Fact]
    public void RefusesDifferentNumbersOfChoices()
    {
        var error = Assert.Throws<DecantException>(() => Encode(Choice, 8, null,
            new Example { Id = "q0", Text = "a", Choices = ["x", "y"] }, new Example { Id = "q1", Text = "a", Choices = ["x", "y", "z"] }));
        Assert.Equal("memory: example q1 has 3 choices, but q0 has 2. All examples of a set need the same number.", error.Message);
    }

    [Fact]
    public void AnErrorOfTheEncoderComesThrough()
    {
        var error = Assert.Throws<DecantException>(() => Encode(TestData.TwoClasses, 4, Truncation.OnlySecond, new Example { Id = "0", Text = "a b c d", Pair = "x" }));
        Assert.Contains("Text 0 of 1", error.Message, StringComparison.Ordinal);
        var own = Assert.Throws<DecantException>(() => EncodedDataSet.Encode(TestData.OfWords([1]).Data, (_, _, _, _) => throw new DecantException("no"), 8));
        Assert.Equal("no", own.Message);
    }
}
