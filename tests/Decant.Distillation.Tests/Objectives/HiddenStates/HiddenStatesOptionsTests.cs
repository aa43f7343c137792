using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Tests.Objectives.HiddenStates;

public class HiddenStatesOptionsTests
{
    [Fact]
    public void Config_sets_all_three_numbers()
    {
        HiddenStatesOptions options = Read("layers: t_top8\nconfig: 1l_10t_0.1h");
        Assert.Equal("t_top8 keep 1", options.EffectiveLayers.ToString());
        Assert.Equal(TokenSelection.Attention(10, withoutSeparators: true), options.EffectiveTokens);
        Assert.Equal(NeuronSelection.Magnitude(0.1), options.EffectiveNeurons);
    }

    [Fact]
    public void Config_keeps_the_strategies_that_are_named()
    {
        HiddenStatesOptions options = Read("tokens: leftFirst 3\nneurons: random 0.9 seed 5\nconfig: 2l_20t_0.05h");
        Assert.Equal(TokenSelection.LeftFirst(20), options.EffectiveTokens);
        Assert.Equal(NeuronSelection.Random(0.05, seed: 5), options.EffectiveNeurons);
        Assert.Equal(NeuronSelection.All, (options with { Config = new(2, 20, 1) }).EffectiveNeurons);
        HiddenStatesOptions probabilities = Read("tokens: attention 3 by probabilities\nneurons: magnitude 0.5 batch\nconfig: 1l_7t_0.2h");
        Assert.Equal(TokenSelection.Attention(7, by: AttentionRank.Probabilities), probabilities.EffectiveTokens);
        Assert.Equal(NeuronSelection.Magnitude(0.2, MagnitudeScope.Batch), probabilities.EffectiveNeurons);
    }

    [Fact]
    public void Without_config_everything_stays_as_it_is_written()
    {
        HiddenStatesOptions options = Read("layers: t_top10 keep 2\ntokens: cls");
        Assert.Equal("t_top10 keep 2", options.EffectiveLayers.ToString());
        Assert.Equal(TokenSelection.Cls, options.EffectiveTokens);
        Assert.Equal(NeuronSelection.All, options.EffectiveNeurons);
    }

    [Theory]
    [InlineData("config: 1l_10t", "config must be layers, tokens and share of neurons such as 1l_10t_0.1h; but is '1l_10t'.")]
    [InlineData("config: 0l_10t_0.1h", "config must keep 1 layer, 1 token and a share of neurons above 0 up to 1, or more; but is '0l_10t_0.1h'.")]
    [InlineData("config: 1l_10t_2h", "config must keep 1 layer, 1 token and a share of neurons above 0 up to 1, or more; but is '1l_10t_2h'.")]
    [InlineData("tokens: cls\nconfig: 1l_10t_0.1h", "config keeps 10 tokens, but tokens is cls, which is one; leave one of them out.")]
    [InlineData("tokens: first 10", "tokens must be all, cls, leftFirst 10,")]
    [InlineData("neurons: magnitude", "neurons must be all, random 0.1,")]
    public void What_does_not_fit_is_refused(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => Read(yaml)).Message);

    [Theory]
    [InlineData("1l_10t_0.1h")]
    [InlineData("12l_128t_1h")]
    [InlineData("3l_5t_0.00001h")]
    public void A_cut_is_written_as_it_is_read(string text)
    {
        Assert.Equal(text, HiddenStateCut.Parse(text).ToString());
        Assert.Equal(HiddenStateCut.Parse(text), HiddenStateCut.Parse(text));
    }

    private static HiddenStatesOptions Read(string yaml) =>
        new RecipeBinder(KnownObjectives.Catalog).Bind<HiddenStatesOptions>(RecipeYaml.Parse(yaml, "test"));
}
