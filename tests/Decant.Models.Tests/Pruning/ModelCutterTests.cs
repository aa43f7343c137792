using Decant.Models.Bert;
using Decant.Models.Pruning;
using Decant.Torch;

namespace Decant.Models.Tests.Pruning;

public class ModelCutterTests
{
    [Fact]
    public void Cutting_parts_off_is_the_same_as_silencing_them()
    {
        using BertClassifier whole = PrunedBert.Classifier();
        int[][] heads = [[1], [0, 1, 2, 3], [0, 2, 3]], neurons = [[0, 5, 11], [3], [.. Enumerable.Range(0, 12)]];
        using BertClassifier cut = ModelCutter.Cut(whole, new PruningPlan { Layers = [0, 1, 2], Heads = heads, Neurons = neurons });
        for (int l = 0; l < 3; l++)
        {
            Silence(whole, $"bert.encoder.layer.{l}.attention.output.dense.weight", [.. Enumerable.Range(0, 16).Where(c => !heads[l].Contains(c / 4))]);
            Silence(whole, $"bert.encoder.layer.{l}.output.dense.weight", [.. Enumerable.Range(0, 12).Except(neurons[l])]);
        }
        PrunedBert.AssertClose(PrunedBert.Logits(whole), PrunedBert.Logits(cut));
        Assert.Equal([0, 2, 3], cut.Config.PrunedHeads![0]);
        Assert.Equal([1], cut.Config.PrunedHeads[2]);
        Assert.False(cut.Config.PrunedHeads.ContainsKey(1));
        Assert.Equal([3, 1, 12], cut.Config.LayerIntermediateSizes!);
    }

    [Fact]
    public void Keeping_everything_at_full_rank_changes_nothing()
    {
        using BertClassifier whole = PrunedBert.Classifier();
        using BertClassifier cut = ModelCutter.Cut(whole, Everything(whole.Config) with { EmbeddingRank = 16 });
        PrunedBert.AssertClose(PrunedBert.Logits(whole), PrunedBert.Logits(cut));
        Assert.Null(cut.Config.PrunedHeads);
        Assert.Null(cut.Config.LayerIntermediateSizes);
    }

    [Fact]
    public void Cutting_twice_is_the_same_as_cutting_once()
    {
        using BertClassifier whole = PrunedBert.Classifier();
        PruningPlan all = Everything(whole.Config);
        using BertClassifier once = ModelCutter.Cut(whole, all with { Layers = [2, 0], Heads = [[3], [0, 2]], Neurons = [[1, 7], [4, 9]], EmbeddingRank = 5 });
        using BertClassifier half = ModelCutter.Cut(whole, all with { Heads = [[0, 1, 2], [1], [1, 3]], Neurons = [[4, 6, 9], [1], [1, 2, 7]], EmbeddingRank = 9 });
        using BertClassifier twice = ModelCutter.Cut(half, all with { Layers = [2, 0], Heads = [[1], [0, 2]], Neurons = [[0, 2], [0, 2]], EmbeddingRank = 5 });
        Assert.Equal(once.Config.PrunedHeads![0], twice.Config.PrunedHeads![0]);
        Assert.Equal(once.Config.PrunedHeads[1], twice.Config.PrunedHeads[1]);
        PrunedBert.AssertClose(PrunedBert.Logits(once), PrunedBert.Logits(twice), 1e-4);
    }

    [Theory]
    [InlineData(3, 0, 0, "The model has the layers 0 to 2; layer 3 cannot be kept.")]
    [InlineData(0, 4, 0, "The heads that layer 0 keeps must rise from 0 to at most 3.")]
    [InlineData(0, 0, 12, "The neurons that layer 0 keeps must rise from 0 to at most 11.")]
    [InlineData(0, 0, -1, "The neurons that layer 0 keeps must rise from 0 to at most 11.")]
    public void What_is_not_there_cannot_be_kept(int layer, int head, int neuron, string message)
    {
        using BertClassifier whole = PrunedBert.Classifier();
        var plan = new PruningPlan { Layers = [layer], Heads = [[head]], Neurons = [[neuron]] };
        Assert.Equal(message, Assert.Throws<DecantException>(() => ModelCutter.Cut(whole, plan)).Message);
    }

    [Fact]
    public void A_layer_keeps_at_least_one_of_each()
    {
        using BertClassifier whole = PrunedBert.Classifier();
        var plan = new PruningPlan { Layers = [1], Heads = [[]], Neurons = [[1]] };
        Assert.Equal("Layer 1 would be left without heads; it needs at least one.", Assert.Throws<DecantException>(() => ModelCutter.Cut(whole, plan)).Message);
        Assert.Throws<DecantException>(() => ModelCutter.Cut(whole, plan with { Layers = [], Heads = [], Neurons = [] }));
    }

    private static PruningPlan Everything(BertConfig config) => new()
    {
        Layers = [.. Enumerable.Range(0, config.Layers)],
        Heads = [.. Enumerable.Range(0, config.Layers).Select(l => Enumerable.Range(0, config.HeadsOf(l)).ToArray())],
        Neurons = [.. Enumerable.Range(0, config.Layers).Select(l => Enumerable.Range(0, config.IntermediateSizeOf(l)).ToArray())],
    };

    private static void Silence(BertClassifier model, string name, int[] columns)
    {
        Tensor weight = model.NamedParameters().Single(p => p.Name == name).Tensor;
        Span<float> values = weight.Span<float>();
        int width = (int)weight.Size(1);
        for (int row = 0; row < weight.Size(0); row++)
            foreach (int column in columns) values[row * width + column] = 0;
    }
}
