using Decant.Export.Onnx;
using Decant.Export.Running.Operators;
using Decant.Torch;

namespace Decant.Export.Tests.Running;

/// <summary>Operators against the examples of ONNX's own description of them, or worked out by hand.</summary>
public class OperatorTests
{
    private static Tensor[] Run(string op, Tensor[] inputs, params OnnxAttribute[] attributes) =>
        OperatorTable.All[op](new OnnxNode("/test", op, [], [], attributes), inputs);

    [Fact]
    public void DynamicQuantizeLinear_gives_the_published_values()
    {
        using var scope = new TensorScope();
        Tensor[] y = Run("DynamicQuantizeLinear", [Tensor.From([0f, 2, -3, -2.5f, 1.34f, 0.5f], 6)]);
        Assert.Equal([153, 255, 0, 26, 221, 179], y[0].ToArray<byte>());
        Assert.Equal(0.0196078438f, y[1].ToArray<float>()[0], 1e-9f);
        Assert.Equal(153, y[2].ToArray<byte>()[0]);
        Tensor[] low = Run("DynamicQuantizeLinear", [Tensor.From([-1f, -2.1f, -1.3f, -2.5f, -3.34f, -4], 6)]);
        Assert.Equal([191, 121, 172, 96, 42, 0], low[0].ToArray<byte>());
        Assert.Equal(255, low[2].ToArray<byte>()[0]);
    }

    [Fact]
    public void DynamicQuantizeLinear_of_zeros_is_finite()
    {
        using var scope = new TensorScope();
        Tensor[] y = Run("DynamicQuantizeLinear", [Tensor.Zeros([3])]);
        Assert.Equal([0, 0, 0], y[0].ToArray<byte>());
        Assert.True(y[1].IsFinite());
    }

    [Fact]
    public void MatMulInteger_gives_the_published_values()
    {
        using var scope = new TensorScope();
        Tensor a = Tensor.From(new byte[] { 11, 7, 3, 10, 6, 2, 9, 5, 1, 8, 4, 0 }, 4, 3), b = Tensor.From(new byte[] { 1, 4, 2, 5, 3, 6 }, 3, 2);
        Tensor[] y = Run("MatMulInteger", [a, b, Tensor.From(new byte[] { 12 }, []), Tensor.From(new byte[] { 0 }, [])]);
        Assert.Equal([-38, -83, -44, -98, -50, -113, -56, -128], y[0].ToArray<int>());
        Assert.Equal(DType.Int32, y[0].DType);
    }

    [Fact]
    public void Gather_takes_rows_in_the_shape_of_the_ids()
    {
        using var scope = new TensorScope();
        Tensor y = Run("Gather", [Tensor.From([1f, 2, 3, 4, 5, 6], 3, 2), Tensor.From(new long[] { 2, 0, 0, 1 }, 2, 2)])[0];
        Assert.Equal([2L, 2, 2], y.Shape);
        Assert.Equal([5f, 6, 1, 2, 1, 2, 3, 4], y.ToArray<float>());
    }

    [Fact]
    public void Slice_counts_negative_bounds_from_the_end_and_stops_at_it()
    {
        using var scope = new TensorScope();
        Tensor Of(long start, long end) => Run("Slice", [Tensor.Range(6).Reshape(2, 3), Tensor.From([start], 1), Tensor.From([end], 1), Tensor.From([1L], 1)])[0];
        Assert.Equal([1L, 4], Of(1, 2).ToArray<long>());
        Assert.Equal([2L, 5], Of(-1, long.MaxValue).ToArray<long>());
    }

    [Fact]
    public void Reshape_keeps_zeros_and_fills_minus_one()
    {
        using var scope = new TensorScope();
        Assert.Equal([2L, 3, 2], Run("Reshape", [Tensor.Range(12).Reshape(2, 6), Tensor.From([0L, 3, -1], 3)])[0].Shape);
    }

    [Fact]
    public void Unsqueeze_and_squeeze_are_each_others_reverse()
    {
        using var scope = new TensorScope();
        Tensor y = Run("Unsqueeze", [Tensor.Zeros([2, 3]), Tensor.From([1L, -1], 2)])[0];
        Assert.Equal([2L, 1, 3, 1], y.Shape);
        Assert.Equal([2L, 3], Run("Squeeze", [y, Tensor.From([1L, 3], 2)])[0].Shape);
    }

    [Fact]
    public void Erf_is_the_error_function()
    {
        using var scope = new TensorScope();
        double[] y = Run("Erf", [Tensor.From([0f, 0.5f, -1, 3], 4)])[0].ToArray<double>();
        double[] expected = [0, 0.5204998778, -0.8427007929, 0.9999779095];
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i], y[i], 1e-6);
    }
}
