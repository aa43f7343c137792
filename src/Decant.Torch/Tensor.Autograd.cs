using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Automatic differentiation.</summary>
public sealed unsafe partial class Tensor
{
    private static readonly Operator detach = new("detach");

    /// <summary>Whether operations on this tensor are recorded, so that it gets a gradient (leaves) or passes one on.</summary>
    public bool RequiresGrad
    {
        get
        {
            Native.Check(Native.RequiresGrad(Handle, out int value), "requires_grad");
            return value != 0;
        }
        set => Native.Check(Native.SetRequiresGrad(Handle, value ? 1 : 0), "requires_grad");
    }

    /// <summary>The gradient of a leaf, or null. Every read is a new handle on the same memory.</summary>
    public Tensor? Grad
    {
        get
        {
            Native.Check(Native.Grad(Handle, out nint grad), "grad");
            return grad == 0 ? null : new Tensor(grad);
        }
        set => Native.Check(Native.SetGrad(Handle, value is null ? 0 : value.Handle), "grad");
    }

    /// <summary>The same values, cut off from the recorded operations.</summary>
    public Tensor Detach() => detach.Call(this);

    /// <summary>Adds the gradient of this scalar to every leaf that it depends on.</summary>
    /// <param name="retainGraph">Keep the record, so that backward can be called again.</param>
    public void Backward(bool retainGraph = false)
    {
        nint root = Handle;
        Native.Check(Native.Backward(&root, 1, retainGraph ? 1 : 0), "backward");
    }
}
