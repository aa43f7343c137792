namespace Decant.Torch.Tests;

public class ModuleTests
{
    [Fact]
    public void Names_join_with_dots_in_the_order_of_registration()
    {
        using var model = new Outer();
        Assert.Equal(["scale", "layer.0.weight", "layer.0.bias", "weight", "bias"], model.NamedParameters().Select(p => p.Name));
        Assert.Equal(1 + 2 * (6 + 2), model.ParameterCount);
        Assert.All(model.NamedParameters(), p => Assert.True(p.Tensor.RequiresGrad));
    }

    [Fact]
    public void A_module_owns_its_parameters_whatever_the_scope()
    {
        Outer model;
        using (new TensorScope()) model = new Outer();
        Tensor[] tensors = [.. model.NamedParameters().Select(p => p.Tensor)];
        Assert.All(tensors, t => Assert.False(t.IsDisposed));
        model.Dispose();
        Assert.All(tensors, t => Assert.True(t.IsDisposed));
    }

    [Fact]
    public void Freezing_keeps_gradients_away()
    {
        using var scope = new TensorScope();
        using var model = new Outer();
        model.Layer.RequireGrad(false);
        Assert.Equal([true, false, false, true, true], model.NamedParameters().Select(p => p.Tensor.RequiresGrad));
        model.NamedParameters().Select(p => p.Tensor.Sum()).Aggregate((x, y) => x + y).Backward();
        Assert.Equal([true, false, false, true, true], model.NamedParameters().Select(p => p.Tensor.Grad is not null));
        model.RequireGrad(true);
        Assert.All(model.NamedParameters(), p => Assert.True(p.Tensor.RequiresGrad));
    }

    private sealed class Outer : Module
    {
        public Outer()
        {
            Layer = AddChild("layer.0", new Inner());
            AddChild("", new Inner());
            AddParameter("scale", Tensor.Scalar(1));
        }

        public Module Layer { get; }
    }

    private sealed class Inner : Module
    {
        public Inner()
        {
            AddParameter("weight", Tensor.Zeros([2, 3]));
            AddParameter("bias", Tensor.Zeros([2]));
        }
    }
}
