using Decant.Models.Bert;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch.Random;

namespace Decant.Tests.Training;

/// <summary>Data and models so small that a test can train dozens of them.</summary>
internal static class TinyTask
{
    private const int Vocabulary = 24, Longest = 9;

    public static readonly TaskDefinition TwoClasses = new()
    {
        Name = "tiny", Kind = TaskKind.SingleLabel, Labels = ["no", "yes"],
        Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy,
    };

    /// <summary>Sequences of 4 to 9 tokens; the label says whether the second is in the upper half of the vocabulary.</summary>
    public static EncodedDataSet Data(int count, string split = "train", TaskDefinition? task = null, bool labelled = true)
    {
        task ??= TwoClasses;
        var random = new RandomStream(1, split);
        return IdText.Encode(task, [.. Enumerable.Range(0, count).Select(e =>
        {
            int[] ids = Ids(random);
            bool yes = ids[1] >= (3 + Vocabulary) / 2;
            return new Example
            {
                Id = $"{split}-{e}", Text = IdText.Of(ids),
                ClassIndex = labelled && task.Kind == TaskKind.SingleLabel ? (yes ? 1 : 0) : null,
                Targets = labelled && task.Kind == TaskKind.Regression ? [ids.Sum() / 100f] : null,
            };
        })], Longest, split);
    }

    /// <summary>Questions whose choices are single sequences.</summary>
    public static EncodedDataSet Questions(int count, int choices)
    {
        var random = new RandomStream(1, "questions");
        TaskDefinition task = TwoClasses with { Name = "questions", Kind = TaskKind.MultipleChoice, Labels = [], Choices = choices };
        return IdText.Encode(task, [.. Enumerable.Range(0, count).Select(e => new Example
        {
            Id = $"q{e}", Text = "2", ClassIndex = random.Next(choices),
            Choices = [.. Enumerable.Range(0, choices).Select(_ => IdText.Of(Ids(random)))],
        })], Longest + 1);
    }

    public static BertClassifier Model(int seed, int layers = 2, int outputs = 2, double dropout = 0.1) => new(
        new BertConfig
        {
            VocabSize = Vocabulary, HiddenSize = 16, Layers = layers, Heads = 2, IntermediateSize = 32, MaxPositions = Longest + 1,
            HiddenDropout = dropout, AttentionDropout = dropout,
        },
        outputs, new Initializer(new RandomStream((ulong)seed, "weights"), 0.2));

    private static int[] Ids(RandomStream random) =>
        [1, .. Enumerable.Range(0, 2 + random.Next(Longest - 3)).Select(_ => 3 + random.Next(Vocabulary - 3)), 2];
}
