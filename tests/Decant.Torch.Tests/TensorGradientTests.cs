using Decant.Tests;
using static Decant.Tests.FiniteDifferences;

namespace Decant.Torch.Tests;

/// <summary>The operators that models and losses are made of, as this library calls them, against finite differences.</summary>
public class TensorGradientTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void AddBatchMatMul()
    {
        Tensor mask = Normal(1, 6, 1, 5), a = Normal(2, 6, 4, 3), b = Normal(3, 6, 3, 5), weight = Normal(4, 6, 4, 5);
        FiniteDifferences.Check(() => (mask.AddBatchMatMul(a, b, 0.577) * weight).Sum(), mask, a, b);

        Tensor expected = mask + a.MatMul(b) * 0.577;
        AssertEqual(expected, mask.AddBatchMatMul(a, b, 0.577));
    }

    [Fact]
    public void LayerNorm()
    {
        Tensor x = Normal(1, 3, 4, 8), weight = Normal(2, 8), bias = Normal(3, 8), direction = Normal(4, 3, 4, 8);
        FiniteDifferences.Check(() => (x.LayerNorm(weight, bias, 1e-12) * direction).Sum(), x, weight, bias);

        Tensor centred = x - x.Mean(-1, keepDim: true);
        AssertEqual(centred / (centred.Square().Mean(-1, keepDim: true) + 1e-12).Sqrt() * weight + bias, x.LayerNorm(weight, bias, 1e-12));
    }

    [Fact]
    public void Linear_and_activations()
    {
        Tensor x = Normal(1, 4, 6), weight = Normal(2, 5, 6), bias = Normal(3, 5), direction = Normal(4, 4, 5);
        foreach (Func<Tensor, Tensor> activation in new Func<Tensor, Tensor>[] { t => t.Gelu(), t => t.Tanh(), t => t.Relu(), t => t.Sigmoid(), t => t.LogSigmoid(), t => t.Exp() })
            FiniteDifferences.Check(() => (activation(x.Linear(weight, bias)) * direction).Sum(), x, weight, bias);
    }

    [Fact]
    public void Softmaxes_and_their_losses()
    {
        Tensor logits = Normal(1, 5, 4), direction = Normal(2, 5, 4), labels = Tensor.From([0L, 3, 1, -100, 2], 5);
        Tensor targets = Tensor.From([0.0, 1, 1, 0, 0.5, 1, 0, 0, 0, 1, 1, 1, 0, 0.25, 1, 0, 1, 0, 1, 0], 5, 4);
        FiniteDifferences.Check(() => (logits.Softmax() * direction).Sum(), logits);
        FiniteDifferences.Check(() => (logits.LogSoftmax() * direction).Sum(), logits);
        FiniteDifferences.Check(() => logits.CrossEntropy(labels), logits);
        FiniteDifferences.Check(() => logits.BinaryCrossEntropy(targets), logits);
        FiniteDifferences.Check(() => logits.MseLoss(targets), logits);
    }

    [Fact]
    public void Embeddings_give_no_gradient_to_the_padding_row()
    {
        Tensor table = Normal(1, 6, 3), ids = Tensor.From([1L, 0, 5, 1], 2, 2), direction = Normal(2, 2, 2, 3);
        FiniteDifferences.Check(() => (table.Embedding(ids) * direction).Sum(), table);

        table.Grad = null;
        (table.Embedding(ids, paddingIndex: 0) * direction).Sum().Backward();
        Assert.Equal([0.0, 0, 0], table.Grad!.Select(0, 0).ToArray<double>());
        Assert.Equal(direction.Reshape(4, 3).Select(0, 2).ToArray<double>(), table.Grad!.Select(0, 5).ToArray<double>());
    }

    [Fact]
    public void Views_joins_and_choices()
    {
        Tensor a = Normal(1, 3, 4), b = Normal(2, 3, 4), direction = Normal(3, 3, 4), index = Tensor.From([2L, 0], 2);
        FiniteDifferences.Check(() => Tensor.Stack([a, b.Square()], 1).Select(1, 1).Narrow(1, 1, 2).Sum(), a, b);
        FiniteDifferences.Check(() => Tensor.Concat([a, b], 0).Permute(1, 0).Reshape(-1).Square().Mean(), a, b);
        FiniteDifferences.Check(() => (a.IndexSelect(0, index) * b.IndexSelect(0, index)).Sum(), a, b);
        FiniteDifferences.Check(() => (a.IndexCopy(0, index, b.Narrow(0, 0, 2)) * direction).Sum(), a, b);
        FiniteDifferences.Check(() => a.Gather(1, Tensor.From([3L, 0, 1], 3, 1)).Square().Sum(), a);
        FiniteDifferences.Check(() => (Tensor.Where(direction.Greater(0), a, b) * direction).Sum(), a, b);
        FiniteDifferences.Check(() => (a.MaskedFill(direction.LessOrEqual(0), -10000) * direction).Sum(), a);
        FiniteDifferences.Check(() => a.Unsqueeze(1).Expand(3, 2, 4).Transpose(1, 2).Square().Sum(), a);
    }

    [Fact]
    public void Norms_and_quotients()
    {
        Tensor a = Normal(1, 3, 4), b = Normal(2, 3, 4);
        FiniteDifferences.Check(() => a.Norm(-1).Sum(), a);
        FiniteDifferences.Check(() => (a / a.Norm(-1, keepDim: true).ClampMin(1e-12) * b).Sum(), a, b);
        FiniteDifferences.Check(() => (a / (b.Abs() + 1) - 2.0 * b + (1 - a) / 3).Square().Sum(), a, b);
        FiniteDifferences.Check(() => (a.Square() + 1).Sqrt().Log().Sum(), a);
        FiniteDifferences.Check(() => a.Max() + a.Mean(0).Max() + a.TopK(2).Values.Sum(), a);
    }

    [Fact]
    public void Gradients_add_up_until_they_are_forgotten()
    {
        Tensor leaf = Normal(1, 3);
        leaf.Sum().Backward();
        (leaf * 2).Sum().Backward();
        Assert.Equal([3.0, 3, 3], leaf.Grad!.ToArray<double>());
        leaf.Grad = null;
        Assert.Null(leaf.Grad);
        Assert.False(leaf.Detach().RequiresGrad);
        using (GradMode.Off()) Assert.False((leaf * 2).RequiresGrad);
        Assert.True((leaf * 2).RequiresGrad);
    }

    private static void AssertEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((double e, double a) in expected.ToArray<double>().Zip(actual.ToArray<double>())) Assert.Equal(e, a, 1e-12);
    }
}
