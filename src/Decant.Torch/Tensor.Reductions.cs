using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Reductions.</summary>
public sealed unsafe partial class Tensor
{
    private static readonly Operator sumAll = new("sum"), sum = new("sum", "dim_IntList");
    private static readonly Operator meanAll = new("mean"), mean = new("mean", "dim");
    private static readonly Operator maxAll = new("max"), argmax = new("argmax"), norm = new("norm", "ScalarOpt_dim");
    private static readonly Operator topK = new("topk"), isFinite = new("isfinite"), all = new("all");

    /// <summary>Sum of all elements: a scalar tensor.</summary>
    public Tensor Sum() => sumAll.Call(this);

    /// <summary>Sum along a dimension.</summary>
    /// <param name="dim">From 0; negative counts from the end.</param>
    /// <param name="keepDim">Keep the dimension with size 1.</param>
    public Tensor Sum(long dim, bool keepDim = false) => sum.Call(this, NativeValue.Ints(&dim, 1), keepDim);

    /// <summary>Mean of all elements: a scalar tensor.</summary>
    public Tensor Mean() => meanAll.Call(this);

    /// <summary>Mean along a dimension.</summary>
    /// <inheritdoc cref="Sum(long, bool)"/>
    public Tensor Mean(long dim, bool keepDim = false) => mean.Call(this, NativeValue.Ints(&dim, 1), keepDim);

    /// <summary>Largest element: a scalar tensor.</summary>
    public Tensor Max() => maxAll.Call(this);

    /// <summary>Position of the largest element along a dimension, Int64.</summary>
    /// <param name="dim">From 0; negative counts from the end.</param>
    public Tensor ArgMax(long dim) => argmax.Call(this, dim);

    /// <summary>L2 norm along a dimension.</summary>
    /// <inheritdoc cref="Sum(long, bool)"/>
    public Tensor Norm(long dim, bool keepDim = false) => norm.Call(this, 2.0, NativeValue.Ints(&dim, 1), keepDim);

    /// <summary>The largest elements along a dimension, in falling order.</summary>
    /// <param name="k">How many.</param>
    /// <param name="dim">From 0; negative counts from the end.</param>
    /// <returns>Values and Int64 positions, both with size k along the dimension.</returns>
    public (Tensor Values, Tensor Indices) TopK(long k, long dim = -1)
    {
        Tensor?[] both = topK.CallMany(2, this, k, dim);
        return (both[0]!, both[1]!);
    }

    /// <summary>Whether no element is NaN or infinite.</summary>
    public bool IsFinite()
    {
        using var scope = new TensorScope();
        return all.Call(isFinite.Call(this)).ToScalar() != 0;
    }
}
