namespace Decant.Torch.Tests;

public class TensorScopeTests
{
    [Fact]
    public void A_scope_frees_what_was_created_in_it()
    {
        Tensor before = Tensor.Scalar(1), inside, derived;
        using (new TensorScope())
        {
            inside = Tensor.Scalar(2);
            derived = inside + before;
        }
        Assert.True(inside.IsDisposed);
        Assert.True(derived.IsDisposed);
        Assert.Equal(1, before.ToScalar());
        before.Dispose();
    }

    [Fact]
    public void A_kept_tensor_goes_to_the_enclosing_scope()
    {
        Tensor kept, outermost;
        using (var outer = new TensorScope())
        {
            using (var inner = new TensorScope())
            {
                kept = inner.Keep(Tensor.Scalar(3));
                outermost = inner.Keep(Tensor.Scalar(4));
            }
            Assert.Equal(3, kept.ToScalar());
            outer.Keep(outermost);
        }
        Assert.True(kept.IsDisposed);
        Assert.Equal(4, outermost.ToScalar());
        outermost.Dispose();
    }

    [Fact]
    public void A_kept_tensor_without_an_enclosing_scope_is_its_holders()
    {
        Tensor kept;
        using (var scope = new TensorScope()) kept = scope.Keep(Tensor.Scalar(3));
        Assert.Equal(3, kept.ToScalar());
        kept.Dispose();
    }

    [Fact]
    public void Keeping_a_tensor_of_another_scope_leaves_it_there()
    {
        using var outer = new TensorScope();
        Tensor tensor = Tensor.Scalar(1);
        using (var inner = new TensorScope()) Assert.Same(tensor, inner.Keep(tensor));
        Assert.False(tensor.IsDisposed);
    }

    [Fact]
    public void A_released_tensor_outlives_all_scopes()
    {
        Tensor released;
        using (new TensorScope())
        using (new TensorScope()) released = TensorScope.Release(Tensor.Scalar(5));
        Assert.Equal(5, released.ToScalar());
        released.Dispose();
    }

    [Fact]
    public void Tensors_are_freed_when_an_error_ends_the_scope()
    {
        Tensor? inside = null;
        Assert.Throws<TorchException>(() =>
        {
            using var scope = new TensorScope();
            inside = Tensor.Zeros([2, 3]);
            return inside.MatMul(inside);
        });
        Assert.True(inside!.IsDisposed);
    }

    [Fact]
    public void Closing_twice_does_nothing()
    {
        using var outer = new TensorScope();
        var scope = new TensorScope();
        scope.Dispose();
        scope.Dispose();
        Tensor tensor = Tensor.Scalar(1);
        scope.Dispose();
        Assert.False(tensor.IsDisposed);
    }

    [Fact]
    public void Closing_out_of_order_is_an_error_and_frees_nothing()
    {
        var outer = new TensorScope();
        Tensor tensor = Tensor.Scalar(1);
        var inner = new TensorScope();
        var error = Assert.Throws<InvalidOperationException>(outer.Dispose);
        Assert.Equal("A TensorScope was closed out of order or on another thread.", error.Message);
        Assert.False(tensor.IsDisposed);
        inner.Dispose();
        outer.Dispose();
        Assert.True(tensor.IsDisposed);
    }

    [Fact]
    public void Every_thread_has_its_own_scopes()
    {
        using var scope = new TensorScope();
        Tensor? elsewhere = null;
        Exception? closing = null;
        var thread = new Thread(() =>
        {
            elsewhere = Tensor.Scalar(1);
            closing = Record.Exception(scope.Dispose);
        });
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(closing);
        scope.Dispose();
        Assert.False(elsewhere!.IsDisposed);
        elsewhere.Dispose();
    }
}
