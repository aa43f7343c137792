using Decant.Distillation.Knowledge;

namespace Decant.Tests.Knowledge.Selection;

public class HiddenStateRequestTests
{
    [Theory]
    [InlineData("layer 8, tokens attentionNoSep 10 by scores of layer 12, neurons magnitude 0.1 sample")]
    [InlineData("layer 0, tokens attention 3 by probabilities of layer 1, neurons magnitude 0.05 token")]
    [InlineData("layer 12, tokens all, neurons all, with padding")]
    [InlineData("layer 3, tokens cls, neurons random 0.25 seed 7")]
    [InlineData("layer 3, tokens leftFirst 4, neurons uniform 0.3")]
    [InlineData("layer 3, tokens rightFirst 4, neurons magnitude 0.1 batch")]
    public void Text_reads_back_to_an_equal_request(string text)
    {
        HiddenStateRequest request = HiddenStateRequest.Parse(text);
        Assert.Equal(text, request.ToString());
        Assert.Equal(request, HiddenStateRequest.Parse(request.ToString()));
        Assert.Equal(request.GetHashCode(), HiddenStateRequest.Parse(text).GetHashCode());
    }

    [Fact]
    public void Attention_without_a_layer_is_that_of_the_layer_that_made_the_state()
    {
        Assert.Equal(new(8, TokenSelection.Attention(10, layer: 8)), new HiddenStateRequest(8, TokenSelection.Attention(10)));
        Assert.Equal(new(0, TokenSelection.Attention(10, layer: 1)), new HiddenStateRequest(0, TokenSelection.Attention(10)));
        Assert.NotEqual(new(8, TokenSelection.Attention(10, layer: 12)), new HiddenStateRequest(8, TokenSelection.Attention(10)));
    }

    [Fact]
    public void It_asks_the_model_for_what_it_chooses_by()
    {
        var scores = new HiddenStateRequest(8, TokenSelection.Attention(10, layer: 12)).ToOutputRequest();
        Assert.Equal([8], scores.HiddenStates);
        Assert.Equal([12], scores.AttentionScores);
        Assert.Empty(scores.AttentionProbabilities);
        var probabilities = new HiddenStateRequest(8, TokenSelection.Attention(10, by: AttentionRank.Probabilities)).ToOutputRequest();
        Assert.Equal([8], probabilities.AttentionProbabilities);
        Assert.Empty(probabilities.AttentionScores);
        var cls = new HiddenStateRequest(8, TokenSelection.Cls, NeuronSelection.Uniform(0.5)).ToOutputRequest();
        Assert.Equal([8], cls.ClsStates);
        Assert.Empty(cls.HiddenStates);
        Assert.All([scores, probabilities, cls], request => Assert.False(request.Logits));
    }

    [Fact]
    public void It_says_why_it_cannot_be_stored()
    {
        Assert.Null(new HiddenStateRequest(8, TokenSelection.Attention(10), NeuronSelection.Magnitude(0.1)).WhyOnlineOnly);
        Assert.Null(new HiddenStateRequest(8, TokenSelection.Cls, withPadding: true).WhyOnlineOnly);
        Assert.Contains("padding", new HiddenStateRequest(8, TokenSelection.All, withPadding: true).WhyOnlineOnly);
        Assert.Contains("'magnitude 0.1 batch'", new HiddenStateRequest(8, TokenSelection.All, NeuronSelection.Magnitude(0.1, MagnitudeScope.Batch)).WhyOnlineOnly);
    }

    [Theory]
    [InlineData("layer 8")]
    [InlineData("layer -1, tokens all, neurons all")]
    [InlineData("layer 8, tokens all, neurons all, with salt")]
    [InlineData("")]
    public void Other_text_is_refused(string text)
    {
        var e = Assert.Throws<DecantException>(() => HiddenStateRequest.Parse(text));
        Assert.StartsWith($"'{text}' is no request for a hidden state", e.Message);
    }

    [Theory]
    [InlineData("attention", "must be all, cls, leftFirst 10")]
    [InlineData("attention 0", "must be all, cls, leftFirst 10")]
    [InlineData("leftFirst 4 of layer 3", "must be all, cls, leftFirst 10")]
    [InlineData("first 4", "must be all, cls, leftFirst 10")]
    public void Wrong_tokens_are_refused(string text, string start) =>
        Assert.StartsWith(start, Assert.Throws<DecantException>(() => TokenSelection.Parse(text)).Message);

    [Theory]
    [InlineData("uniform 0.1 token", "must be all, random 0.1")]
    [InlineData("magnitude 0.1 seed 3", "must be all, random 0.1")]
    [InlineData("magnitude 0", "must keep a share above 0 up to 1, but keeps 0.")]
    [InlineData("magnitude 1.5", "must keep a share above 0 up to 1, but keeps 1.5.")]
    public void Wrong_neurons_are_refused(string text, string start) =>
        Assert.StartsWith(start, Assert.Throws<DecantException>(() => NeuronSelection.Parse(text)).Message);
}
