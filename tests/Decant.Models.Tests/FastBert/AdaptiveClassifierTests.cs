using Decant.Models.FastBert;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Models.Tests.FastBert;

[Collection(LiveTensorCounting.Name)]
public sealed class AdaptiveClassifierTests : IDisposable
{
    private readonly FastBertClassifier model = SmallFastBert.Model();
    private readonly AdaptiveClassifier adaptive;

    public AdaptiveClassifierTests() => adaptive = new AdaptiveClassifier(model);

    public void Dispose()
    {
        adaptive.Dispose();
        model.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(256)]
    public void A_batch_says_what_every_row_says_alone(int batch)
    {
        using var scope = new TensorScope();
        int[][] texts = SmallFastBert.Texts(batch);
        double[] speeds = [.. Enumerable.Range(0, batch).Select(i => i % 5 * 0.2)];
        AdaptiveResult together = adaptive.Predict(SmallFastBert.Input(texts), speeds);
        for (int row = 0; row < batch; row++)
        {
            AdaptiveResult alone = adaptive.Predict(SmallFastBert.Input(texts[row]), speeds[row]);
            Assert.Equal(alone.ExitLayers[0], together.ExitLayers[row]);
            Assert.Equal(alone.Uncertainty[0], together.Uncertainty[row], 1e-4);
            for (int k = 0; k < 3; k++) Assert.Equal(alone.Logits[k], together.LogitsOf(row)[k], 1e-3);
        }
        // The test means something only where rows leave at many layers.
        if (batch == 256) Assert.Equal([1, 2, 3, 4, 5], together.ExitLayers.Distinct().Order());
    }

    [Fact]
    public void Every_row_leaves_at_the_first_layer_that_is_sure_enough_for_its_own_speed()
    {
        using var scope = new TensorScope();
        int[][] texts = SmallFastBert.Texts(40);
        double[] speeds = [.. Enumerable.Range(0, 40).Select(i => i / 40.0)];
        ModelOutput full = model.Forward(SmallFastBert.Input(texts), new OutputRequest { BranchLogits = [1, 2, 3, 4, 5] });
        AdaptiveResult result = adaptive.Predict(SmallFastBert.Input(texts), speeds);
        for (int row = 0; row < 40; row++)
        {
            int exit = Enumerable.Range(1, 5).First(l => l == 5 || (speeds[row] > 0 && Uncertainty.Of(full.BranchLogits[l].Select(0, row).ToArray<float>()) <= speeds[row]));
            Assert.Equal(exit, result.ExitLayers[row]);
            float[] expected = full.BranchLogits[exit].Select(0, row).ToArray<float>();
            for (int k = 0; k < 3; k++) Assert.Equal(expected[k], result.LogitsOf(row)[k], 1e-3);
        }
    }

    [Fact]
    public void Speed_0_is_the_full_model()
    {
        using var scope = new TensorScope();
        ModelInput input = SmallFastBert.Input(SmallFastBert.Texts(20));
        float[] full = model.Forward(input, OutputRequest.LogitsOnly).Logits.ToArray<float>();
        AdaptiveResult result = adaptive.Predict(input, 0);
        Assert.All(result.ExitLayers, layer => Assert.Equal(5, layer));
        Assert.All(full.Zip(result.Logits), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Speed_0_is_the_full_model_also_where_a_branch_has_no_doubt_at_all()
    {
        using var scope = new TensorScope();
        foreach (ref float w in model.Branches[0].NamedParameters().Single(p => p.Name == "classifier.weight").Tensor.Span<float>()) w *= 1e6f;
        using var certain = new AdaptiveClassifier(model);
        ModelInput input = SmallFastBert.Input(SmallFastBert.Texts(5));
        Assert.All(certain.Predict(input, 1e-6).ExitLayers, layer => Assert.Equal(1, layer));
        Assert.All(certain.Predict(input, 0).ExitLayers, layer => Assert.Equal(5, layer));
    }

    [Fact]
    public void Speed_1_leaves_after_the_first_layer()
    {
        using var scope = new TensorScope();
        AdaptiveResult result = adaptive.Predict(SmallFastBert.Input(SmallFastBert.Texts(20)), 1);
        Assert.All(result.ExitLayers, layer => Assert.Equal(1, layer));
        Assert.Equal(1, result.MeanLayers);
    }

    [Fact]
    public void With_many_classes_the_top_ones_alone_may_decide()
    {
        using var scope = new TensorScope();
        const double speed = 0.9;
        using FastBertClassifier many = SmallFastBert.Model(outputs: 30);
        using var adaptiveTop = new AdaptiveClassifier(many, new AdaptiveOptions { TopClasses = 2 });
        ModelInput input = SmallFastBert.Input(SmallFastBert.Texts(50));
        ModelOutput full = many.Forward(input, new OutputRequest { BranchLogits = [1, 2, 3, 4, 5] });
        int Expected(int row, int top) => Enumerable.Range(1, 5)
            .First(l => l == 5 || Uncertainty.Of(full.BranchLogits[l].Select(0, row).ToArray<float>(), top) <= speed);
        int[] exits = adaptiveTop.Predict(input, speed).ExitLayers;
        Assert.Equal(Enumerable.Range(0, 50).Select(row => Expected(row, top: 2)), exits);
        Assert.NotEqual(Enumerable.Range(0, 50).Select(row => Expected(row, top: 0)), exits);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_speed_out_of_range_is_refused(double speed)
    {
        using var scope = new TensorScope();
        var error = Assert.Throws<DecantException>(() => adaptive.Predict(SmallFastBert.Input([1, 2]), speed));
        Assert.Equal(FormattableString.Invariant($"The speed {speed} is not in [0, 1]: 0 runs all layers, 1 leaves after the first."), error.Message);
    }

    [Fact]
    public void Every_sequence_needs_a_speed()
    {
        using var scope = new TensorScope();
        var error = Assert.Throws<DecantException>(() => adaptive.Predict(SmallFastBert.Input([1, 2], [3]), new double[3]));
        Assert.Equal("There are 2 sequences and 3 speeds; give one for each.", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_number_of_top_classes_that_makes_no_sense_is_refused(int top)
    {
        var error = Assert.Throws<DecantException>(() => new AdaptiveClassifier(model, new AdaptiveOptions { TopClasses = top }));
        Assert.Equal($"The uncertainty cannot be that of the top {top} classes; give a number from 2 to the model's 3, or 0 for all.", error.Message);
    }

    [Fact]
    public void Nothing_is_left_in_memory()
    {
        using var scope = new TensorScope();
        ModelInput input = SmallFastBert.Input(SmallFastBert.Texts(20));
        long before = TorchRuntime.LiveTensors;
        for (int i = 0; i < 3; i++)
        {
            adaptive.Predict(input, 0.4);
            using var again = new AdaptiveClassifier(model);
        }
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }
}
