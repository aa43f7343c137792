using System.Collections.Immutable;
using System.Text.Json;
using Decant.Models.Bert;
using Decant.Models.Inspection;
using Decant.Tests;

namespace Decant.Models.Tests.Bert;

public sealed class BertConfigPruningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sizes_are_those_of_each_layer()
    {
        BertConfig config = Load("""
            "num_hidden_layers": 3, "num_attention_heads": 4, "hidden_size": 32, "intermediate_size": 20,
            "pruned_heads": { "0": [1, 3], "2": [0] }, "decant_intermediate_sizes": [20, 7, 9], "emb_hidden_dim": 5
            """);
        Assert.Equal([2, 4, 3], Enumerable.Range(0, 3).Select(config.HeadsOf));
        Assert.Equal([20, 7, 9], Enumerable.Range(0, 3).Select(config.IntermediateSizeOf));
        Assert.Equal((8, 5, true), (config.HeadSize, config.EmbeddingRank, config.IsPruned));
        Assert.Equal("2–4 of 4", ShapeText.Heads(config));
        Assert.Equal("7–20", ShapeText.FeedForward(config));

        BertConfig cut = config.WithLayers([2, 0]);
        Assert.Equal([3, 2], Enumerable.Range(0, 2).Select(cut.HeadsOf));
        Assert.Equal([9, 20], Enumerable.Range(0, 2).Select(cut.IntermediateSizeOf));
        Assert.Equal(9, config.WithLayers([2]).IntermediateSize);
        Assert.Null(config.WithLayers([2]).LayerIntermediateSizes);
    }

    [Fact]
    public void A_plain_model_is_written_as_ever()
    {
        Assert.DoesNotContain("pruned", JsonSerializer.Serialize(new BertConfig()));
        Assert.DoesNotContain("emb_hidden", JsonSerializer.Serialize(new BertConfig()));
        Assert.DoesNotContain("decant", JsonSerializer.Serialize(new BertConfig()));
        // Old configurations of transformers say that nothing was pruned.
        BertConfig old = Load("\"pruned_heads\": {}");
        Assert.False(old.IsPruned);
        Assert.Contains("\"pruned_heads\":{}", JsonSerializer.Serialize(old.WithLayers([0, 1])));
        Assert.Equal("12", ShapeText.Heads(old));
    }

    [Fact]
    public void Operations_are_those_published_for_ROSITA()
    {
        ImmutableSortedSet<int> lost = [.. Enumerable.Range(2, 10)];
        foreach ((int layers, int inner, double flops, long parameters) in new[] { (6, 768, 2.47, 14_465_282L), (8, 512, 2.48, 14_474_754L) })
        {
            BertConfig rosita = new BertConfig
            {
                IntermediateSize = inner, EmbeddingRank = 128, Layers = layers,
                PrunedHeads = Enumerable.Range(0, layers).ToImmutableSortedDictionary(l => l, _ => lost),
            };
            Assert.Equal(flops, ModelCost.Flops(rosita, 128) / 1e9, 0.005);
            using var model = new BertClassifier(rosita, 2, Initializer.Empty);
            Assert.Equal(parameters, model.ParameterCount);
        }
        Assert.Equal(22.35, ModelCost.Flops(new BertConfig(), 128) / 1e9, 0.005);
    }

    [Theory]
    [InlineData("\"pruned_heads\": { \"12\": [0] }", "pruned_heads names layer 12; the model has the layers 0 to 11.")]
    [InlineData("\"pruned_heads\": { \"-1\": [0] }", "pruned_heads names layer -1; the model has the layers 0 to 11.")]
    [InlineData("\"pruned_heads\": { \"1\": [12] }", "pruned_heads of layer 1 must name heads from 0 to 11.")]
    [InlineData("\"pruned_heads\": { \"1\": null }", "pruned_heads of layer 1 must name heads from 0 to 11.")]
    [InlineData("\"num_attention_heads\": 2, \"pruned_heads\": { \"1\": [0, 1, 1] }", "pruned_heads leaves no head to layer 1; a layer needs one.")]
    [InlineData("\"pruned_heads\": { \"one\": [0] }", "is not a model configuration: The JSON value could not be converted")]
    [InlineData("\"pruned_heads\": [1]", "is not a model configuration: The JSON value could not be converted")]
    [InlineData("\"decant_intermediate_sizes\": [1, 2]", "decant_intermediate_sizes has 2 numbers for 12 layers.")]
    [InlineData("\"num_hidden_layers\": 2, \"decant_intermediate_sizes\": [1, 0]", "decant_intermediate_sizes must be from 1 to intermediate_size 3072.")]
    [InlineData("\"num_hidden_layers\": 2, \"decant_intermediate_sizes\": [1, 4000]", "decant_intermediate_sizes must be from 1 to intermediate_size 3072.")]
    [InlineData("\"emb_hidden_dim\": 0", "emb_hidden_dim is 0; it must be from 1 to hidden_size 768.")]
    [InlineData("\"emb_hidden_dim\": 769", "emb_hidden_dim is 769; it must be from 1 to hidden_size 768.")]
    [InlineData("\"num_attention_heads\": 2, \"prun_hidden_size\": 130", "prun_hidden_size 130 and num_attention_heads 2 do not make heads of a BERT of hidden_size 768.")]
    [InlineData("\"num_attention_heads\": 0, \"prun_hidden_size\": 128", "prun_hidden_size 128 and num_attention_heads 0 do not make heads of a BERT of hidden_size 768.")]
    [InlineData("\"prun_hidden_size\": \"wide\"", "is not a model configuration")]
    [InlineData("\"prun_intermediate_size\": 0", "intermediate_size is 0; it must be 1 or more.")]
    public void Wrong_sizes_are_refused(string fields, string message) =>
        Assert.Contains(message, Assert.Throws<DecantException>(() => Load(fields)).Message);

    [Fact]
    public void The_official_minus_one_means_whole()
    {
        BertConfig config = Load("\"emb_hidden_dim\": -1, \"prun_intermediate_size\": 768");
        Assert.Null(config.EmbeddingRank);
        Assert.Equal(768, config.IntermediateSize);
        Assert.False(config.IsPruned);
    }

    private BertConfig Load(string fields) => BertConfig.Load(folder.Write("config.json", $$"""{ "model_type": "bert", {{fields}} }"""));
}
