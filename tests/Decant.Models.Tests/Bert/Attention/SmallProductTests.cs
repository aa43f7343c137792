using Decant.Models.Bert.Attention;

namespace Decant.Models.Tests.Bert.Attention;

public class SmallProductTests
{
    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(3, 5, 16)]
    [InlineData(4, 7, 32)]
    [InlineData(9, 64, 48)]
    [InlineData(8, 0, 16)]
    public unsafe void Every_size_and_both_orders_of_the_left_side(int rows, int depth, int width)
    {
        double A(int i, int k) => (i * 3 + k * 5) % 7 - 3;
        double B(int k, int j) => (k * 2 + j * 11) % 5 - 2;
        var plain = new float[rows * depth + 1];
        var transposed = new float[rows * depth + 1];
        var right = new float[depth * width + 1];
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < depth; k++) plain[i * depth + k] = transposed[k * rows + i] = (float)A(i, k);
        for (int k = 0; k < depth; k++)
            for (int j = 0; j < width; j++) right[k * width + j] = (float)B(k, j);
        float[] product = [.. Enumerable.Repeat(9f, rows * width)], sum = [.. Enumerable.Repeat(9f, rows * width)];
        fixed (float* a = plain, t = transposed, b = right, c = product, s = sum)
        {
            SmallProduct.Multiply(a, depth, 1, b, c, rows, depth, width);
            SmallProduct.Multiply(t, 1, rows, b, s, rows, depth, width, add: true);
        }
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < width; j++)
            {
                double expected = Enumerable.Range(0, depth).Sum(k => A(i, k) * B(k, j));
                Assert.Equal(expected, product[i * width + j]);
                Assert.Equal(9 + expected, sum[i * width + j]);
            }
    }
}
