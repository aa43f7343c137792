using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Tests.Bert;

public class SinusoidalPositionsTests
{
    private const int Positions = 64, Hidden = 32;

    [Fact]
    public void Columns_are_sines_and_cosines_of_ever_longer_waves()
    {
        float[] table = Fill(deviation: 1 / Math.Sqrt(2)); // amplitude 1
        Assert.Equal(0f, table[0]);
        Assert.Equal(1f, table[1]);
        Assert.Equal((float)Math.Sin(5), table[5 * Hidden], 6);
        Assert.Equal((float)Math.Cos(5 / Math.Pow(10_000, 30.0 / 32)), table[5 * Hidden + 31], 6);
    }

    [Fact]
    public void The_table_has_the_deviation_of_the_other_weights()
    {
        float[] table = Fill(deviation: 0.02);
        Assert.Equal(0.02, Math.Sqrt(table.Average(v => (double)v * v)), 6);
    }

    [Fact]
    public void Neighbours_are_alike_wherever_they_stand()
    {
        float[] table = Fill(deviation: 0.02);
        double Product(int a, int b) => Enumerable.Range(0, Hidden).Sum(i => (double)table[a * Hidden + i] * table[b * Hidden + i]);
        for (int p = 1; p < Positions; p++) Assert.Equal(Product(0, 1), Product(p - 1, p), 7);
        Assert.True(Product(10, 11) > Product(10, 14));
    }

    private static float[] Fill(double deviation)
    {
        using var scope = new TensorScope();
        Tensor table = Tensor.Zeros([Positions, Hidden]);
        SinusoidalPositions.Fill(table, deviation);
        return table.Span<float>().ToArray();
    }
}
