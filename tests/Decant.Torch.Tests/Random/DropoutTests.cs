using Decant.Tests;
using Decant.Torch.Random;

namespace Decant.Torch.Tests.Random;

public class DropoutTests
{
    private const int Count = 1 << 20;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.001)]
    public void Elements_are_dropped_with_the_probability_and_the_rest_keeps_the_mean(double probability)
    {
        float[] mask = Mask(new Dropout(Stream()), Count, probability);
        double dropped = Math.Round(probability * 65536) / 65536, deviation = Math.Sqrt(probability * (1 - probability) / Count);
        Assert.Equal(dropped, probability, 1.0 / 65536);
        Assert.Equal(dropped, mask.Count(m => m == 0) / (double)Count, 5 * deviation);
        Assert.All(mask, m => Assert.True(m == 0 || m == (float)(1 / (1 - dropped))));
        Assert.Equal(1, Statistics.Mean(mask), 5 * deviation / (1 - probability));
        double variance = probability / (1 - probability);
        Assert.Equal(variance, Statistics.Moment(mask, 1, 2), 0.02 * variance + 5 * deviation);
    }

    [Fact]
    public void Probability_0_changes_nothing_and_draws_nothing()
    {
        using var scope = new TensorScope();
        var dropout = new Dropout(Stream());
        Tensor input = Tensor.Full([5], 2);
        Assert.Same(input, dropout.Apply(input, 0));
        Assert.Equal(0ul, dropout.Stream.Position);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Other_probabilities_are_refused(double probability)
    {
        using var scope = new TensorScope();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(Stream()).Apply(Tensor.Scalar(1), probability));
        Assert.StartsWith($"Dropout must be in [0, 1), not {probability}.", error.Message);
    }

    [Fact]
    public void Neighbours_are_dropped_independently()
    {
        float[] mask = Mask(new Dropout(Stream()), Count, 0.1);
        foreach (int distance in new[] { 1, 2, 3, 4, 16, 31, 32, 64, 768, 2047, 2048, 2049, 4096 })
            Statistics.AssertUncorrelated(mask.AsSpan(0, Count - distance), mask.AsSpan(distance), $"distance {distance}");
    }

    [Fact]
    public void Successive_masks_and_other_streams_are_independent()
    {
        var dropout = new Dropout(Stream());
        float[][] masks =
        [
            Mask(dropout, Count, 0.1), Mask(dropout, Count, 0.1), Mask(dropout, Count, 0.5),
            Mask(new Dropout(Stream(seed: 2)), Count, 0.1), Mask(new Dropout(Stream(name: "other")), Count, 0.1),
        ];
        for (int a = 0; a < masks.Length; a++)
            for (int b = 0; b < a; b++) Statistics.AssertUncorrelated(masks[a], masks[b], $"masks {b} and {a}");
    }

    [Fact]
    public void The_same_position_gives_the_same_bits()
    {
        var dropout = new Dropout(Stream());
        Mask(dropout, 1234, 0.3);
        ulong position = dropout.Stream.Position;
        float[] first = Mask(dropout, 5000, 0.3);
        Assert.NotEqual(first, Mask(dropout, 5000, 0.3));
        dropout.Stream.Position = position;
        Assert.Equal(first, Mask(dropout, 5000, 0.3));
    }

    // Below 32 elements, and for what is left over, a plain loop does the work of the vector instructions.
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(4129)]
    public void Every_size_takes_the_halves_of_the_stream_in_order(int count)
    {
        const double Probability = 0.25;
        var words = new uint[(count + 1) / 2];
        Stream().Fill(words);
        float[] expected = [.. Enumerable.Range(0, count).Select(i => (ushort)(words[i / 2] >> (16 * (i % 2))) >= 16384 ? 1 / 0.75f : 0)];

        var dropout = new Dropout(Stream());
        Assert.Equal(expected, Mask(dropout, count, Probability));
        Assert.Equal((ulong)words.Length, dropout.Stream.Position);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(2048)]
    [InlineData(1251)]
    public void Rows_alone_are_dropped_as_in_the_whole_batch(int row)
    {
        const int Rows = 5;
        var whole = new Dropout(Stream());
        whole.Stream.Position = 77;
        Dropout[] parts = [whole.ForRows(0, 2, Rows), whole.ForRows(2, 1, Rows), whole.ForRows(3, 2, Rows)];
        for (int mask = 0; mask < 2; mask++)
        {
            float[] expected = Mask(whole, Rows * row, 0.3);
            Assert.Equal(expected, (float[])[.. Mask(parts[0], 2 * row, 0.3), .. Mask(parts[1], row, 0.3), .. Mask(parts[2], 2 * row, 0.3)]);
            Assert.All(parts, part => Assert.Equal(whole.Stream.Position, part.Stream.Position));
        }
    }

    [Fact]
    public void Shape_type_and_gradient_are_those_of_the_input()
    {
        using var scope = new TensorScope();
        Tensor input = FiniteDifferences.Normal(1, 3, 5, 7);
        var dropout = new Dropout(Stream());
        Tensor output = dropout.Apply(input.Transpose(0, 2), 0.4);
        Assert.Equal([7L, 5, 3], output.Shape);
        Assert.Equal(DType.Float64, output.DType);

        FiniteDifferences.Check(() =>
        {
            dropout.Stream.Position = 0;
            return (dropout.Apply(input, 0.4) * 3).Square().Sum();
        }, input);
    }

    private static RandomStream Stream(ulong seed = 1, string name = "dropout") => new(seed, name);

    private static float[] Mask(Dropout dropout, int count, double probability)
    {
        using var scope = new TensorScope();
        return dropout.Apply(Tensor.Full([count], 1), probability).ToArray<float>();
    }
}
