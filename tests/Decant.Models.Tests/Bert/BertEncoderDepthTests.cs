using Decant.Models.Bert;
using Decant.Models.FastBert;
using Decant.Models.Tests.FastBert;
using Decant.Models.Tests.Pruning;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Bert;

/// <summary>A model runs no deeper than it is asked, and what it says does not change by that.</summary>
public class BertEncoderDepthTests
{
    public static TheoryData<string, OutputRequest, int> Shallow => new()
    {
        { "embeddings", OutputRequest.Nothing with { HiddenStates = [0] }, 0 },
        { "a layer", OutputRequest.Nothing with { HiddenStates = [0, 2] }, 2 },
        { "attention below", OutputRequest.Nothing with { HiddenStates = [2], AttentionScores = [1], AttentionProbabilities = [2] }, 2 },
        { "attention above", OutputRequest.Nothing with { HiddenStates = [1], AttentionScores = [2] }, 2 },
        { "attention of the last layer", OutputRequest.Nothing with { HiddenStates = [1], AttentionProbabilities = [3] }, 3 },
        { "attention alone", OutputRequest.Nothing with { AttentionScores = [1], AttentionProbabilities = [1] }, 1 },
        { "pooled output", OutputRequest.Nothing with { Pooled = true, HiddenStates = [3] }, 3 },
    };

    [Theory]
    [MemberData(nameof(Shallow))]
    public void It_stops_after_the_last_layer_that_is_needed_with_the_same_answers(string what, OutputRequest request, int layers)
    {
        using var scope = new TensorScope();
        foreach (BertConfig config in new[] { PrunedBert.Whole, PrunedBert.Uneven })
        {
            using BertClassifier model = PrunedBert.Classifier(config);
            Check(what, model, PrunedBert.Input(), request, layers);
        }
    }

    [Fact]
    public void Logits_that_were_not_asked_for_are_not_there()
    {
        using var scope = new TensorScope();
        using BertClassifier model = PrunedBert.Classifier();
        ModelOutput output = model.Forward(PrunedBert.Input(), OutputRequest.Nothing with { HiddenStates = [3] });
        var error = Assert.Throws<InvalidOperationException>(() => output.Logits);
        Assert.Equal("The logits were used but not asked for: set OutputRequest.Logits.", error.Message);
        Assert.Equal(3, model.Forward(PrunedBert.Input(), OutputRequest.LogitsOnly).LayersRun);
    }

    [Fact]
    public void The_last_layer_that_is_needed_is_computed_for_the_first_token_where_that_is_enough()
    {
        using var scope = new TensorScope();
        using BertClassifier model = PrunedBert.Classifier();
        OutputRequest cls = OutputRequest.Nothing with { ClsStates = [1, 2] };
        ModelOutput shallow = model.Forward(PrunedBert.Input(), cls), whole = model.Forward(PrunedBert.Input(), cls with { Logits = true });
        Assert.Equal(2, shallow.LayersRun);
        Assert.Equal(whole.ClsStates[1].ToArray<float>(), shallow.ClsStates[1].ToArray<float>());
        // One row instead of all may be multiplied by another kernel: the last bits may differ.
        PrunedBert.AssertClose(whole.ClsStates[2].ToArray<float>(), shallow.ClsStates[2].ToArray<float>(), 1e-6);
        Assert.Equal(1, model.Encoder.Forward(PrunedBert.Input(), cls, null, lastForAllTokens: true).Last.Size(1));
    }

    [Fact]
    public void A_masked_language_model_leaves_out_its_decoder()
    {
        using var scope = new TensorScope();
        using var model = new BertMaskedLm(PrunedBert.Whole, new Initializer(new RandomStream(2, "weights"), 0.4));
        Check("masked LM", model, PrunedBert.Input(), OutputRequest.Nothing with { HiddenStates = [2] }, 2);
    }

    [Fact]
    public void A_FastBERT_runs_to_its_deepest_branch()
    {
        using var scope = new TensorScope();
        using FastBertClassifier model = SmallFastBert.Model();
        ModelInput input = SmallFastBert.Input(SmallFastBert.Texts(4));
        foreach (int[] branches in new int[][] { [1, 3], [model.Layers] })
        {
            OutputRequest request = OutputRequest.Nothing with { BranchLogits = [.. branches], HiddenStates = [1] };
            Check("FastBERT", model, input, request, branches[^1]);
        }
    }

    private static void Check(string what, IModel model, ModelInput input, OutputRequest request, int layers)
    {
        ModelOutput shallow = model.Forward(input, request), whole = model.Forward(input, request with { Logits = true });
        Assert.True(layers == shallow.LayersRun, $"{what}: {shallow.LayersRun} layers were run, {layers} are needed.");
        Assert.Equal(model.Layers, whole.LayersRun);
        AssertSame(what, whole.HiddenStates, shallow.HiddenStates);
        AssertSame(what, whole.AttentionScores, shallow.AttentionScores);
        AssertSame(what, whole.AttentionProbabilities, shallow.AttentionProbabilities);
        AssertSame(what, whole.BranchLogits, shallow.BranchLogits);
        Assert.Equal(whole.Pooled?.ToArray<float>(), shallow.Pooled?.ToArray<float>());
    }

    // To the bit.
    private static void AssertSame(string what, IReadOnlyDictionary<int, Tensor> expected, IReadOnlyDictionary<int, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach ((int layer, Tensor tensor) in expected)
        {
            Assert.Equal(tensor.Shape, actual[layer].Shape);
            Assert.True(tensor.ToArray<float>().AsSpan().SequenceEqual(actual[layer].ToArray<float>()), $"{what}: layer {layer} differs.");
        }
    }
}
