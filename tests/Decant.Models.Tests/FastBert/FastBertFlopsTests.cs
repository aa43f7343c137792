using Decant.Models.Bert;
using Decant.Models.FastBert;

namespace Decant.Models.Tests.FastBert;

/// <summary>The published figures of BERT-base at 128 tokens: the paper's table 2 and the released code's README.</summary>
public class FastBertFlopsTests
{
    private static readonly FastBertFlops paper = new(new BertConfig(), new BranchShape());

    [Fact]
    public void A_layer_and_a_classifier_cost_what_the_released_code_counts()
    {
        Assert.Equal(1_811_939_328, paper.Layer(1));
        Assert.Equal(41_975_808, paper.Classifier);
    }

    [Fact]
    public void BERT_costs_the_published_21785_million() => Assert.Equal(21_785_247_744, paper.Bert);

    [Fact]
    public void Speed_0_costs_more_than_BERT()
    {
        Assert.Equal(22_246_981_632, paper.UpTo(12));
        Assert.Equal(0.98, paper.SpeedUp([12, 12, 12]), 0.005);
    }

    // Table 2, THUCNews at 0.8: 1854 M, 11.74×; at 0.5: 1979 M, 11.00×.
    [Fact]
    public void The_least_published_cost_is_that_of_one_layer()
    {
        Assert.Equal(1_853_915_136, paper.UpTo(1));
        Assert.Equal(11.75, paper.SpeedUp([1]), 0.005);
    }

    // The README's Book review run: 5170940327 FLOPs over 10000 texts at speed 0.5 is a whole number of layers over the test set.
    [Theory]
    [InlineData(5_170_940_327, 2.79)]
    [InlineData(2_108_341_649, 1.14)]
    public void Published_means_are_mean_layers(long published, double layers)
    {
        Assert.Equal(layers, published / (double)paper.UpTo(1), 0.005);
        int deep = (int)Math.Round((published / (double)paper.UpTo(1) - 1) * 10_000);
        int[] exits = [.. Enumerable.Repeat(2, deep % 10_000), .. Enumerable.Repeat(1, 10_000 - deep % 10_000)];
        for (int i = 0; i < 10_000; i++) exits[i] += deep / 10_000;
        Assert.Equal(published, paper.Mean(exits), 1e-4 * published);
    }

    [Fact]
    public void The_classifier_has_the_published_number_of_parameters()
    {
        using var branch = new FastBertBranch(new BertConfig(), new BranchShape(), 2, Initializer.Empty);
        Assert.Equal(181_250, branch.ParameterCount);
    }
}
