using Decant.Export.Graphs;
using Decant.Torch;

namespace Decant.Export.Tests.Graphs;

public class QuantizedMatrixTests
{
    [Theory]
    [InlineData(8, 127)]
    [InlineData(7, 63)]
    public void The_largest_value_of_a_row_takes_the_largest_integer(int bits, int limit)
    {
        using Tensor matrix = Tensor.From([-2f, 1, 0, 0.5f, 0.25f, -0.125f], 2, 3);
        QuantizedMatrix quantized = QuantizedMatrix.Of(matrix, bits);
        Assert.Equal([2f / limit, 0.5f / limit], quantized.Scales);
        Assert.Equal((-limit, limit), (quantized.Values[0], quantized.Values[3]));
        Assert.Equal(0, quantized.Values[2]);
        float[] values = matrix.ToArray<float>();
        for (int i = 0; i < 6; i++) Assert.InRange(quantized.Values[i] * quantized.Scales[i / 3] - values[i], -quantized.Scales[i / 3] * 0.5001f, quantized.Scales[i / 3] * 0.5001f);
    }

    [Fact]
    public void A_row_of_zeros_stays_zero()
    {
        using Tensor matrix = Tensor.Zeros([1, 4]);
        QuantizedMatrix quantized = QuantizedMatrix.Of(matrix, 8);
        Assert.Equal(new sbyte[4], quantized.Values);
        Assert.True(float.IsFinite(quantized.Scales[0]) && quantized.Scales[0] > 0);
    }
}
