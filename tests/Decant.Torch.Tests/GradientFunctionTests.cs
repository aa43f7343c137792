namespace Decant.Torch.Tests;

public sealed class GradientFunctionTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_gradient_is_what_the_function_says()
    {
        Tensor a = Leaf([2, 3]), b = Leaf([5, 7]);
        var step = new Product(a, b);
        (step.Value() * 10).Sum().Backward();
        Assert.Equal([50, 70], a.Grad!.ToArray<float>());
        Assert.Equal([20, 30], b.Grad!.ToArray<float>());
    }

    [Fact]
    public void An_input_may_get_none()
    {
        Tensor a = Leaf([2, 3]), b = Leaf([5, 7]);
        new Product(a, b) { OnlyFirst = true }.Value().Sum().Backward();
        Assert.NotNull(a.Grad);
        Assert.Null(b.Grad);
    }

    [Fact]
    public void What_is_kept_is_released_once_with_the_graph()
    {
        Product trained = new(Leaf([1]), Leaf([2])), forgotten = new(Leaf([1]), Leaf([2])), unrecorded = new(Leaf([1]), Leaf([2]));
        using (new TensorScope())
        {
            trained.Value().Sum().Backward();
            forgotten.Value();
            using (GradMode.Off()) unrecorded.Value();
            Assert.Equal((0, 0, 1), (trained.Releases, forgotten.Releases, unrecorded.Releases));
        }
        Assert.Equal((1, 1, 1), (trained.Releases, forgotten.Releases, unrecorded.Releases));
    }

    [Fact]
    public void An_error_in_a_gradient_comes_out_of_the_backward_pass_as_it_is()
    {
        Tensor a = Leaf([1]), b = Leaf([2]);
        Tensor loss = new Product(a, b) { Failure = new DecantException("no gradient today") }.Value().Sum();
        Assert.Equal("no gradient today", Assert.Throws<DecantException>(() => loss.Backward()).Message);
        // And the next pass is not its victim.
        new Product(a, b).Value().Sum().Backward();
        Assert.Equal([2], a.Grad!.ToArray<float>());
    }

    private static Tensor Leaf(float[] values)
    {
        Tensor leaf = Tensor.From(values, values.Length);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private sealed class Product(Tensor a, Tensor b) : GradientFunction
    {
        public bool OnlyFirst { get; init; }

        public Exception? Failure { get; init; }

        public int Releases { get; private set; }

        public Tensor Value()
        {
            Tensor value;
            using (GradMode.Off()) value = a * b;
            return Attach(value, a, b);
        }

        protected override Tensor?[] Backward(Tensor grad) => Failure is null ? [grad * b, OnlyFirst ? null : grad * a] : throw Failure;

        protected override void Release() => Releases++;
    }
}
