using Decant.Torch.Interop;

namespace Decant.Torch.Tests;

/// <summary>Mistakes are told with the operator's name and libtorch's words, and without its call stack.</summary>
public class TensorErrorTests
{
    [Fact]
    public void A_freed_tensor_says_so()
    {
        Tensor tensor = Tensor.Scalar(1);
        tensor.Dispose();
        tensor.Dispose();
        Assert.Equal("Tensor(freed)", tensor.ToString());
        Action[] uses = [() => _ = tensor + 1, () => tensor.ToScalar(), () => _ = tensor.Shape, () => tensor.Backward(), () => tensor.Span<float>()];
        foreach (Action use in uses)
            Assert.StartsWith("The tensor was freed already; keep it with TensorScope.Keep.", Assert.Throws<ObjectDisposedException>(use).Message);
        using Tensor other = Tensor.Scalar(1);
        Assert.Throws<ObjectDisposedException>(() => other + tensor);
    }

    [Fact]
    public void Shapes_that_do_not_fit()
    {
        AssertError("add: The size of tensor a (3) must match the size of tensor b (2)", () => Tensor.Zeros([3]) + Tensor.Zeros([2]));
        AssertError("matmul: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", () => Tensor.Zeros([2, 3]).MatMul(Tensor.Zeros([2, 3])));
        AssertError("cat: ", () => Tensor.Concat([Tensor.Zeros([2, 3]), Tensor.Zeros([2, 2])], 0));
        AssertError("reshape: shape '[4]' is invalid for input of size 3", () => Tensor.Zeros([3]).Reshape(4));
    }

    [Fact]
    public void Indices_and_dimensions_out_of_range()
    {
        AssertError("embedding: index out of range", () => Tensor.Zeros([3, 2]).Embedding(Tensor.From([3L], 1)));
        AssertError("softmax: Dimension out of range", () => Tensor.Zeros([3]).Softmax(2));
        AssertError("select: ", () => Tensor.Zeros([3]).Select(0, 3));
        AssertError("cross_entropy_loss: Target 2 is out of bounds", () => Tensor.Zeros([1, 2]).CrossEntropy(Tensor.From([2L], 1)));
        Assert.StartsWith("Dimension 1 of a tensor with 1 dimensions.", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros([3]).Size(1)).Message);
    }

    [Fact]
    public void Gradients_that_there_cannot_be()
    {
        AssertError("backward: element 0 of tensors does not require grad", () => Tensor.Scalar(1).Backward());
        AssertError("requires_grad: Only Tensors of floating point", () => Tensor.From([1L], 1).RequiresGrad = true);
        AssertError("backward: grad can be implicitly created only for scalar outputs", () =>
        {
            Tensor leaf = Tensor.Zeros([2]);
            leaf.RequiresGrad = true;
            (leaf * 2).Backward();
        });
    }

    [Fact]
    public void Data_that_does_not_fit()
    {
        AssertError("from bytes: the shape needs 12 bytes, 8 were given", () => Tensor.From([1f, 2f], 3));
        AssertError("data: the bytes of a tensor can be reached only on the CPU and when contiguous", () => Tensor.Zeros([2, 3]).Transpose(0, 1).Span<float>());
        AssertError("A tensor of Float32 cannot be seen as Double.", () => Tensor.Zeros([2]).Span<double>());
        AssertError("Tensor(Float32, [2], cpu) has 2 elements, not one.", () => Tensor.Zeros([2]).ToScalar());
        AssertError("No element type for Decimal.", () => Tensor.From([1m], 1));
    }

    [Fact]
    public void More_memory_than_there_is() => AssertError("empty: ", () => Tensor.Empty([1L << 59]));

    [Fact]
    public void An_operator_that_libtorch_does_not_have() => AssertError("operator soft_min.int: ", () => new Operator("soft_min", "int"));

    [Fact]
    public void A_failed_operator_leaves_the_thread_usable()
    {
        using var scope = new TensorScope();
        Tensor leaf = Tensor.Zeros([2]);
        leaf.RequiresGrad = true;
        Assert.Throws<TorchException>(() => leaf + Tensor.Zeros([3]));
        leaf.Sum().Backward();
        Assert.Equal([1f, 1f], leaf.Grad!.ToArray<float>());
    }

    private static void AssertError(string start, Func<object?> use) => AssertError(start, () => { use(); });

    private static void AssertError(string start, Action use)
    {
        using var scope = new TensorScope();
        string message = Assert.Throws<TorchException>(use).Message;
        Assert.StartsWith(start, message);
        Assert.DoesNotContain("frame #", message);
        Assert.DoesNotContain("Exception raised from", message);
        Assert.True(message.Length < 400, message);
    }
}
