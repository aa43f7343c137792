namespace Decant.Torch.Tests;

public sealed class LeafGradientsTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void They_are_those_of_a_backward_pass_and_stay_apart_until_they_are_added()
    {
        Tensor weight = Leaf([2, 3]), unused = Leaf([1]), plain = Leaf([2, 3]);
        Tensor Root(Tensor of, float factor) => of.Square() * factor;
        using LeafGradients first = Of([Root(weight, 1), Root(weight, 2)], weight, unused), second = Of([Root(weight, 5)], weight, unused);
        Assert.Null(weight.Grad);
        LeafGradients.AddToLeaves([first, second]);
        foreach (float factor in (float[])[1, 2, 5]) Root(plain, factor).Sum().Backward();
        Assert.Equal(plain.Grad!.ToArray<float>(), weight.Grad!.ToArray<float>());
        Assert.Null(unused.Grad);
    }

    [Fact]
    public void They_add_to_what_a_leaf_has()
    {
        Tensor weight = Leaf([2, 3]);
        (weight * 10).Sum().Backward();
        using LeafGradients more = Of([weight * 1], weight);
        LeafGradients.AddToLeaves([more]);
        Assert.Equal([11, 11], weight.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_gradient_that_is_shared_memory_is_not()
    {
        Tensor a = Leaf([1, 2]), b = Leaf([3, 4]);
        using LeafGradients gradients = Of([a + b], a, b);
        LeafGradients.AddToLeaves([gradients]);
        a.Grad!.ScaleInPlace(0);
        Assert.Equal([1, 1], b.Grad!.ToArray<float>());
    }

    [Fact]
    public void Rows_of_a_table_stay_rows()
    {
        Tensor table = Leaf(6, 2), plain = Leaf(6, 2);
        Tensor[] ids = [Tensor.From<long>([1, 4, 1], 3), Tensor.From<long>([4, 5], 2)];
        LeafGradients[] gradients = [.. ids.Select(i => Of([table.LookUp(i), table.LookUp(i).Square()], table))];
        Assert.Null(table.RowGrad);
        LeafGradients.AddToLeaves(gradients);
        foreach (Tensor i in ids) (plain.Embedding(i).Sum() + plain.Embedding(i).Square().Sum()).Backward();
        Assert.NotNull(table.RowGrad);
        Assert.Equal(plain.Grad!.ToArray<float>(), table.Grad!.ToArray<float>());
        foreach (LeafGradients some in gradients) some.Dispose();
    }

    [Fact]
    public void A_root_without_a_record_is_refused_in_libtorchs_words() =>
        Assert.Contains("does not require grad", Assert.Throws<TorchException>(() => Of([Tensor.Scalar(1)], Leaf([1]))).Message);

    private static LeafGradients Of(Tensor[] roots, params Tensor[] leaves) => LeafGradients.Of(roots, [.. roots.Select(r => Tensor.Full(r.Shape, 1))], leaves);

    private static Tensor Leaf(float[] values) => Leaf(Tensor.From(values, values.Length));

    private static Tensor Leaf(int rows, int width) => Leaf(Tensor.From([.. Enumerable.Range(0, rows * width).Select(i => i / 8f)], rows, width));

    private static Tensor Leaf(Tensor leaf)
    {
        leaf.RequiresGrad = true;
        return leaf;
    }
}
