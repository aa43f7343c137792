using Decant.Torch.Random;

namespace Decant.Torch.Tests;

/// <summary>Steps that keep less for the backward pass than libtorch's own: the same values and gradients, to the last bit.</summary>
public sealed class LeanGradientTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_look_up_in_a_parameter_has_the_gradient_of_an_embedding()
    {
        // Rows that occur once, often, never, and the padding.
        Tensor ids = Tensor.From<long>([4, 0, 9, 4, 2, 4, 0, 9], 2, 4), weights = Normal(1, 2, 4, 37);
        Tensor[] tables = [Leaf(Normal(2, 10, 37)), Leaf(Normal(2, 10, 37))];
        Tensor[] looked = [tables[0].Embedding(ids, 0), tables[1].LookUp(ids, 0)];
        AssertSameBits(looked[0], looked[1]);
        // Twice: gradients of a batch in parts add up.
        foreach (Tensor factor in (Tensor[])[weights, weights * 0.3])
            for (int i = 0; i < 2; i++) (tables[i].LookUpOrEmbed(i, ids) * factor).Sum().Backward();
        Assert.NotNull(tables[1].RowGrad);
        AssertSameBits(tables[0].Grad!, tables[1].Grad!);
        Assert.Null(tables[1].RowGrad);
    }

    [Fact]
    public void A_table_that_is_used_whole_as_well_has_both_gradients()
    {
        Tensor ids = Tensor.From<long>([1, 3], 2), states = Normal(3, 5, 8);
        Tensor[] tables = [Leaf(Normal(4, 6, 8)), Leaf(Normal(4, 6, 8))];
        for (int i = 0; i < 2; i++) (tables[i].LookUpOrEmbed(i, ids).Sum() + states.Linear(tables[i]).Square().Sum()).Backward();
        float[] expected = tables[0].Grad!.ToArray<float>(), given = tables[1].Grad!.ToArray<float>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], given[i], 1e-4f);
    }

    [Fact]
    public void A_gradient_of_rows_is_forgotten_like_any_other()
    {
        Tensor table = Leaf(Normal(4, 6, 8));
        table.LookUp(Tensor.From<long>([1, 3], 2)).Sum().Backward();
        table.Grad = null;
        Assert.Null(table.Grad);
        table.LookUp(Tensor.From<long>([5], 1)).Sum().Backward();
        Assert.Equal([5], table.Grad!.Sum(1).ToArray<float>().Select((v, row) => (v, row)).Where(p => p.v != 0).Select(p => p.row));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Gelu_and_linear_in_one_have_the_gradients_of_both(bool inputLearns, bool weightLearns)
    {
        Tensor[][] sets = [.. Enumerable.Range(0, 2).Select(_ => (Tensor[])[Normal(5, 3, 7, 50), Normal(6, 20, 50), Normal(7, 20)])];
        Tensor factor = Normal(8, 3, 7, 20);
        for (int i = 0; i < 2; i++)
        {
            sets[i][0].RequiresGrad = inputLearns;
            sets[i][1].RequiresGrad = sets[i][2].RequiresGrad = weightLearns;
            // The input is not a leaf, as in a model.
            Tensor x = sets[i][0] * 1.5, y = i == 0 ? x.Gelu().Linear(sets[i][1], sets[i][2]) : x.GeluLinear(sets[i][1], sets[i][2]);
            (y * factor).Sum().Backward();
        }
        for (int p = 0; p < 3; p++)
        {
            Assert.Equal(sets[0][p].Grad is null, sets[1][p].Grad is null);
            if (sets[0][p].Grad is { } expected) AssertSameBits(expected, sets[1][p].Grad!);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(2048)]
    [InlineData(300_001)]
    public void Dropout_has_the_gradient_of_a_product_with_its_mask(int count)
    {
        var dropout = new Dropout(new RandomStream(1, "dropout"));
        Tensor input = Leaf(Normal(9, count)), factor = Normal(10, count);
        Tensor mask = dropout.Apply(Tensor.Full([count], 1), 0.3);
        dropout.Stream.Position = 0;
        Tensor dropped = dropout.Apply(input, 0.3);
        AssertSameBits(input.Detach() * mask, dropped);
        (dropped * factor).Sum().Backward();
        AssertSameBits(factor * mask, input.Grad!);
        Assert.Equal((ulong)((count + 1) / 2), dropout.Stream.Position);
    }

    [Fact]
    public void A_shared_batch_of_products_has_the_bits_of_libtorch()
    {
        Tensor a = Normal(11, 480, 33, 26), b = Normal(12, 480, 26, 40), summand = Normal(13, 480, 1, 40);
        Tensor product = a.BatchMatMul(b), sum = summand.AddBatchMatMul(a, b, 0.2), view = a.Transpose(1, 2).BatchMatMul(product);
        using GradMode.Restore _ = GradMode.Off();
        AssertSameBits(product, a.BatchMatMul(b));
        AssertSameBits(sum, summand.AddBatchMatMul(a, b, 0.2));
        AssertSameBits(view, a.Transpose(1, 2).BatchMatMul(product));
        Assert.Throws<TorchException>(() => a.BatchMatMul(Normal(12, 479, 26, 40)));
        Assert.Throws<TorchException>(() => a.BatchMatMul(Normal(12, 480, 25, 40)));
        Assert.Throws<TorchException>(() => Normal(1, 3, 4).BatchMatMul(Normal(1, 4, 3)));
    }

    [Fact]
    public void Untouched_zeros_are_zeros_that_can_be_written()
    {
        Tensor zeros = Tensor.UntouchedZeros([1000, 312]);
        Assert.All(zeros.ToArray<float>(), v => Assert.Equal(0, v));
        zeros.Span<float>()[5] = 2;
        Assert.Equal(2, zeros.Sum().ToScalar());
        Assert.Equal([1000, 312], zeros.Shape);
    }

    private static Tensor Leaf(Tensor values)
    {
        values.RequiresGrad = true;
        return values;
    }

    private static Tensor Normal(ulong seed, params long[] shape)
    {
        Tensor tensor = Tensor.Empty(shape);
        new RandomStream(seed, "lean").FillNormal(tensor.Span<float>(), 1);
        return tensor;
    }

    private static void AssertSameBits(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape, given.Shape);
        Assert.Equal(expected.ToArray<float>(), given.ToArray<float>());
    }
}

file static class Tables
{
    public static Tensor LookUpOrEmbed(this Tensor table, int way, Tensor ids) => way == 0 ? table.Embedding(ids, 0) : table.LookUp(ids, 0);
}
