using Decant.Models.Bert;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Bert;

public sealed class LastLayerTokensTests : IDisposable
{
    private const int Rows = 4, Tokens = 9;
    private const float Near = 1e-5f;

    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    // [CLS] is one of the tokens for all, for some or for none of the sequences.
    [Theory]
    [InlineData(0, 2, 3, 0, 1, 2, 0, 4, 7, 0, 1, 5)]
    [InlineData(0, 2, 3, 1, 2, 3, 4, 5, 7, 0, 1, 5)]
    [InlineData(1, 2, 3, 4, 5, 6, 2, 4, 6, 3, 4, 5)]
    public void Values_and_gradients_are_those_of_the_whole_layer(params int[] positions)
    {
        var tokens = new TokenPositions(positions, Rows);
        BertClassifier whole = Model(), part = Model();
        var request = new OutputRequest { HiddenStates = [1, 2], ClsStates = [2] };
        ModelOutput expected = whole.Forward(Input(), request), given = part.Forward(Input(), request with { LastTokens = tokens });
        Assert.False(expected.LastTokensAlone);
        Assert.True(given.LastTokensAlone);
        Tensor[] a = [expected.Logits, expected.ClsStates[2], expected.HiddenStates[1], tokens.TakeFrom(expected.HiddenStates[2])];
        Tensor[] b = [given.Logits, given.ClsStates[2], given.HiddenStates[1], given.HiddenStates[2]];
        foreach ((Tensor x, Tensor y) in a.Zip(b)) AssertNear(x, y);
        foreach (Tensor[] outputs in (Tensor[][])[a, b]) outputs.Select((t, i) => (t * (i + 1)).Square().Mean()).Aggregate((x, y) => x + y).Backward();
        foreach ((var x, var y) in whole.NamedParameters().Zip(part.NamedParameters())) AssertNear(x.Tensor.Grad!, y.Tensor.Grad!);
    }

    [Fact]
    public void A_model_that_needs_the_whole_layer_for_something_else_computes_it()
    {
        var tokens = new TokenPositions([0, 1, 0, 1, 0, 1, 0, 1], Rows);
        ModelOutput watched = Model().Forward(Input(), new OutputRequest { HiddenStates = [2], AttentionScores = [2], LastTokens = tokens });
        ModelOutput shallow = Model().Forward(Input(), OutputRequest.Nothing with { HiddenStates = [1], LastTokens = tokens });
        Assert.Equal((false, false), (watched.LastTokensAlone, shallow.LastTokensAlone));
        Assert.Equal([Tokens, Tokens], new[] { watched.HiddenStates[2].Size(1), shallow.HiddenStates[1].Size(1) });
    }

    [Fact]
    public void As_many_tokens_belong_to_each_sequence()
    {
        var tokens = new TokenPositions([0, 2, 1, 3, 4, 5], 3);
        Assert.Equal((3, 2), (tokens.Sequences, tokens.Width));
        Assert.Equal([4, 5], tokens.Rows(1, 2).Of(1).ToArray());
        Assert.Equal("5 positions are not as many for each of 3 sequences.", Assert.Throws<ArgumentException>(() => new TokenPositions(new int[5], 3)).Message);
    }

    private static void AssertNear(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape, given.Shape);
        foreach ((float a, float b) in expected.ToArray<float>().Zip(given.ToArray<float>())) Assert.Equal(a, b, Near * Math.Max(1, Math.Abs(a)));
    }

    private static BertClassifier Model()
    {
        var model = new BertClassifier(new BertConfig { VocabSize = 50, Layers = 2, HiddenSize = 24, Heads = 3, IntermediateSize = 40, MaxPositions = 16 }, 2, new Initializer(new RandomStream(1, "weights"), 0.2));
        model.RequireGrad(true);
        return model;
    }

    private static ModelInput Input() => ModelInput.Create([.. Enumerable.Range(0, Rows * Tokens).Select(i => 1 + i * 7 % 48)], new int[Rows * Tokens], [Tokens, Tokens, Tokens - 1, Tokens]);
}
