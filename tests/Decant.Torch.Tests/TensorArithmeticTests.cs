namespace Decant.Torch.Tests;

/// <summary>Each operator does what its name says: order of operands, broadcasting, edges.</summary>
public sealed class TensorArithmeticTests : IDisposable
{
    private readonly TensorScope scope = new();
    private readonly Tensor a = Tensor.From([1.0, 4, 9, 16], 2, 2), b = Tensor.From([2.0, 5], 2);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Operators_with_tensors_broadcast()
    {
        AssertValues([3, 9, 11, 21], a + b);
        AssertValues([-1, -1, 7, 11], a - b);
        AssertValues([2, 20, 18, 80], a * b);
        AssertValues([0.5, 0.8, 4.5, 3.2], a / b);
        AssertValues([-1, -4, -9, -16], -a);
    }

    [Fact]
    public void Operators_with_numbers_keep_their_order()
    {
        AssertValues([3, 6, 11, 18], a + 2);
        AssertValues([-1, 2, 7, 14], a - 2);
        AssertValues([1, -2, -7, -14], 2 - a);
        AssertValues([2, 8, 18, 32], a * 2);
        AssertValues([2, 8, 18, 32], 2 * a);
        AssertValues([0.5, 2, 4.5, 8], a / 2);
    }

    [Fact]
    public void Functions_of_one_element()
    {
        AssertValues([1, 2, 3, 4], a.Sqrt());
        AssertValues([1, 4, 9, 16], (-a).Abs());
        AssertValues([4, 25], b.Square());
        AssertValues([Math.Exp(2), Math.Exp(5)], b.Exp());
        AssertValues([Math.Log(2), Math.Log(5)], b.Log());
        AssertValues([3, 5], b.ClampMin(3));
        AssertValues([0, 5], (b - 2).Relu() + (b - 2).Relu() * (2 / 3.0));
        AssertValues([1 / (1 + Math.Exp(-2)), 1 / (1 + Math.Exp(-5))], b.Sigmoid());
        AssertValues([-Math.Log(1 + Math.Exp(-2)), -Math.Log(1 + Math.Exp(-5))], b.LogSigmoid());
        AssertValues([Math.Tanh(2), Math.Tanh(5)], b.Tanh());
        // x Φ(x) with Φ from tables, not the approximation with tanh, which gives 1.9545977 for 2.
        AssertValues([1.9544997361036416, 4.999998566742056], b.Gelu());
    }

    [Fact]
    public void Comparisons_and_choices()
    {
        Assert.Equal([true, true, false, false], a.LessOrEqual(4).ToArray<bool>());
        Assert.Equal([false, false, true, true], a.Greater(4).ToArray<bool>());
        Assert.Equal([false, true, false, false], a.EqualTo(4).ToArray<bool>());
        Assert.Equal([false, true, false, false], a.EqualTo(Tensor.From([2.0, 4], 2)).ToArray<bool>());
        AssertValues([0, 0, 9, 16], a.MaskedFill(a.LessOrEqual(4), 0));
        AssertValues([2, 5, 9, 16], Tensor.Where(a.LessOrEqual(4), b.Expand(2, 2), a));
    }

    [Fact]
    public void Changes_in_place()
    {
        Assert.Same(a, a.AddInPlace(b, 10));
        AssertValues([21, 54, 29, 66], a);
        AssertValues([42, 108, 58, 132], a.ScaleInPlace(2));
        AssertValues([7, 7, 7, 7], a.FillInPlace(7));
        AssertValues([0, 0, 0, 0], a.ZeroInPlace());
    }

    [Fact]
    public void Reductions()
    {
        Assert.Equal((30, 7.5, 16), (a.Sum().ToScalar(), a.Mean().ToScalar(), a.Max().ToScalar()));
        AssertValues([10, 20], a.Sum(0));
        AssertValues([5, 25], a.Sum(-1));
        AssertValues([2.5, 12.5], a.Mean(1));
        Assert.Equal([2L, 1], a.Mean(1, keepDim: true).Shape);
        Assert.Equal([1L, 1], a.ArgMax(-1).ToArray<long>());
        AssertValues([Math.Sqrt(17), Math.Sqrt(337)], a.Norm(1));
        (Tensor values, Tensor indices) = b.TopK(1);
        Assert.Equal((5, 1), (values.ToScalar(), indices.ToScalar()));
        Assert.True(a.IsFinite());
        Assert.False((a / 0).IsFinite());
        Assert.False(((a - a) / 0).IsFinite());
    }

    [Fact]
    public void Products()
    {
        AssertValues([22, 98], a.MatMul(b.Unsqueeze(1)));
        AssertValues([22, 98], b.Linear(a));
        AssertValues([23, 100], b.Linear(a, Tensor.From([1.0, 2], 2)));
        AssertValues([37, 68, 153, 292], a.Unsqueeze(0).BatchMatMul(a.Unsqueeze(0)));
    }

    private static void AssertValues(double[] expected, Tensor actual)
    {
        double[] values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
    }
}
