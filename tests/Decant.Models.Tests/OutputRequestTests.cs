namespace Decant.Models.Tests;

public class OutputRequestTests
{
    [Fact]
    public void Logits_and_pooled_output_need_every_layer()
    {
        Assert.Equal(12, OutputRequest.LogitsOnly.LastLayer(12));
        Assert.Equal(12, (OutputRequest.Nothing with { Pooled = true }).LastLayer(12));
        Assert.Equal(12, new OutputRequest { HiddenStates = [3] }.LastLayer(12));
    }

    [Fact]
    public void Without_them_the_deepest_that_is_named_is_the_last()
    {
        Assert.Equal(0, OutputRequest.Nothing.LastLayer(12));
        Assert.Equal(0, (OutputRequest.Nothing with { HiddenStates = [0] }).LastLayer(12));
        Assert.Equal(8, (OutputRequest.Nothing with { HiddenStates = [0, 8], ClsStates = [3] }).LastLayer(12));
        Assert.Equal(5, (OutputRequest.Nothing with { HiddenStates = [2], ClsStates = [5] }).LastLayer(12));
        Assert.Equal(9, (OutputRequest.Nothing with { HiddenStates = [2], AttentionScores = [9], AttentionProbabilities = [4] }).LastLayer(12));
        Assert.Equal(7, (OutputRequest.Nothing with { AttentionProbabilities = [7] }).LastLayer(12));
        Assert.Equal(6, (OutputRequest.Nothing with { BranchLogits = [1, 6] }).LastLayer(12));
    }

    [Fact]
    public void A_sum_wants_the_logits_where_one_side_does()
    {
        OutputRequest states = OutputRequest.Nothing with { HiddenStates = [1] };
        Assert.False((states + OutputRequest.Nothing).Logits);
        Assert.True((states + OutputRequest.LogitsOnly).Logits);
        Assert.True((OutputRequest.LogitsOnly + states).Logits);
    }
}
