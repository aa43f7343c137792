namespace Decant.Torch;

/// <summary>A part of a network: named parameters and named children. Names join with dots, as in PyTorch state dictionaries.</summary>
public abstract class Module : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> parameters = [];
    private readonly List<(string Name, Module Module)> children = [];

    /// <summary>Registers a parameter. The module owns it from now on, and it asks for a gradient.</summary>
    /// <param name="name">Its name within this module.</param>
    /// <param name="tensor">Its first value.</param>
    protected Tensor AddParameter(string name, Tensor tensor)
    {
        TensorScope.Release(tensor).RequiresGrad = true;
        parameters.Add((name, tensor));
        return tensor;
    }

    /// <summary>Registers a child. The module owns it from now on.</summary>
    /// <param name="name">Its name within this module; empty adds no prefix.</param>
    /// <param name="module">The child.</param>
    protected T AddChild<T>(string name, T module) where T : Module
    {
        children.Add((name, module));
        return module;
    }

    /// <summary>All parameters, own and inherited from children, in order of registration.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters()
    {
        foreach (var own in parameters) yield return own;
        foreach ((string child, Module module) in children)
            foreach ((string name, Tensor tensor) in module.NamedParameters())
                yield return (child.Length == 0 ? name : $"{child}.{name}", tensor);
    }

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => NamedParameters().Sum(p => p.Tensor.Count);

    /// <summary>Whether the parameters are trained (take gradients).</summary>
    /// <param name="value">False freezes the module.</param>
    public void RequireGrad(bool value)
    {
        foreach ((_, Tensor tensor) in NamedParameters()) tensor.RequiresGrad = value;
    }

    /// <summary>Puts all parameters on a device.</summary>
    /// <param name="device">Where they go.</param>
    public void MoveTo(Device device)
    {
        foreach ((_, Tensor tensor) in NamedParameters()) tensor.MoveTo(device);
    }

    /// <summary>Frees all parameters.</summary>
    public void Dispose()
    {
        foreach ((_, Tensor tensor) in parameters) tensor.Dispose();
        foreach ((_, Module module) in children) module.Dispose();
        GC.SuppressFinalize(this);
    }
}
