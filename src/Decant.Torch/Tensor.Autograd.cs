using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Automatic differentiation.</summary>
public sealed unsafe partial class Tensor
{
    private static readonly Operator detach = new("detach");
    private RowGradient? rowGrad;

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
            if (rowGrad is not null) Densify();
            return DenseGrad;
        }
        set
        {
            Native.Check(Native.SetGrad(Handle, value is null ? 0 : value.Handle), "grad");
            ForgetRowGrad();
        }
    }

    /// <summary>The gradient where it is one of a few rows alone (<see cref="LookUp"/>); null where there is none or another.</summary>
    internal RowGradient? RowGrad
    {
        get
        {
            using Tensor? dense = DenseGrad;
            return dense is null ? rowGrad : null;
        }
    }

    private Tensor? DenseGrad
    {
        get
        {
            Native.Check(Native.Grad(Handle, out nint grad), "grad");
            return grad == 0 ? null : new Tensor(grad);
        }
    }

    /// <summary>Adds rows to the gradient, and takes them over.</summary>
    internal void AddRowGrad(RowGradient rows)
    {
        if (LeafGradients.TakeRows(this, rows)) return;
        RowGradient sum = rowGrad?.Plus(rows) ?? rows;
        if (sum != rows)
        {
            rows.Dispose();
            ForgetRowGrad();
        }
        rowGrad = sum;
    }

    // Makes the rows a gradient like any other.
    private void Densify()
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        Tensor whole = DenseGrad ?? Zeros(Shape);
        rowGrad!.AddTo(whole);
        Grad = whole;
    }

    private void ForgetRowGrad()
    {
        rowGrad?.Dispose();
        rowGrad = null;
    }

    /// <summary>The same values, cut off from the recorded operations.</summary>
    public Tensor Detach() => detach.Call(this);

    /// <summary>Adds the gradient of this scalar to every leaf that it depends on.</summary>
    /// <param name="retainGraph">Keep the record, so that backward can be called again.</param>
    public void Backward(bool retainGraph = false)
    {
        nint root = Handle;
        int code = Native.Backward(&root, 1, retainGraph ? 1 : 0);
        if (code != 0) GradientFunction.RethrowFailure();
        Native.Check(code, "backward");
    }
}
