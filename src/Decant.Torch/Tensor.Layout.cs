using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Views, joins and look-ups: shape changes that compute nothing.</summary>
public sealed unsafe partial class Tensor
{
    private static readonly Operator reshape = new("reshape"), transpose = new("transpose", "int"), permute = new("permute");
    private static readonly Operator contiguous = new("contiguous"), unsqueeze = new("unsqueeze"), squeeze = new("squeeze", "dim"), expand = new("expand");
    private static readonly Operator narrow = new("narrow"), select = new("select", "int");
    private static readonly Operator cat = new("cat"), stack = new("stack");
    private static readonly Operator indexSelect = new("index_select"), gather = new("gather"), indexCopy = new("index_copy");
    private static readonly Operator toDType = new("to", "dtype"), toDevice = new("to", "device"), clone = new("clone");

    /// <summary>The same elements in another shape; one size may be −1.</summary>
    /// <param name="shape">Sizes, outermost first.</param>
    public Tensor Reshape(params ReadOnlySpan<long> shape)
    {
        fixed (long* s = shape) return reshape.Call(this, NativeValue.Ints(s, shape.Length));
    }

    /// <summary>Swaps two dimensions.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public Tensor Transpose(long a, long b) => transpose.Call(this, a, b);

    /// <summary>Reorders all dimensions.</summary>
    /// <param name="dims">The old dimension for each new place.</param>
    public Tensor Permute(params ReadOnlySpan<long> dims)
    {
        fixed (long* d = dims) return permute.Call(this, NativeValue.Ints(d, dims.Length));
    }

    /// <summary>The same tensor in row-major order; itself when it is already.</summary>
    public Tensor Contiguous() => contiguous.Call(this);

    /// <summary>Adds a dimension of size 1.</summary>
    /// <param name="dim">Where.</param>
    public Tensor Unsqueeze(long dim) => unsqueeze.Call(this, dim);

    /// <summary>Drops a dimension of size 1.</summary>
    /// <param name="dim">Which.</param>
    public Tensor Squeeze(long dim) => squeeze.Call(this, dim);

    /// <summary>Repeats dimensions of size 1 without copying; −1 leaves a size as it is.</summary>
    /// <param name="shape">Sizes, outermost first.</param>
    public Tensor Expand(params ReadOnlySpan<long> shape)
    {
        fixed (long* s = shape) return expand.Call(this, NativeValue.Ints(s, shape.Length));
    }

    /// <summary>A slice along one dimension.</summary>
    /// <param name="dim">Which.</param>
    /// <param name="start">First index.</param>
    /// <param name="length">How many.</param>
    public Tensor Narrow(long dim, long start, long length) => narrow.Call(this, dim, start, length);

    /// <summary>One index of a dimension, which goes away.</summary>
    /// <param name="dim">Which dimension.</param>
    /// <param name="index">Which index; negative counts from the end.</param>
    public Tensor Select(long dim, long index) => select.Call(this, dim, index);

    /// <summary>Joins tensors along a dimension that they have (<c>cat</c>).</summary>
    /// <param name="tensors">At least one.</param>
    /// <param name="dim">Which.</param>
    public static Tensor Concat(IReadOnlyList<Tensor> tensors, long dim) => Join(cat, tensors, dim);

    /// <summary>Joins tensors of one shape along a new dimension.</summary>
    /// <param name="tensors">At least one.</param>
    /// <param name="dim">Where the new dimension goes.</param>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors, long dim = 0) => Join(stack, tensors, dim);

    /// <summary>Chosen indices of one dimension.</summary>
    /// <param name="dim">Which dimension.</param>
    /// <param name="index">Int64, one dimension.</param>
    public Tensor IndexSelect(long dim, Tensor index) => indexSelect.Call(this, dim, index);

    /// <summary>Elements by their index along a dimension.</summary>
    /// <param name="dim">Which dimension.</param>
    /// <param name="index">Int64, of the shape of the result.</param>
    public Tensor Gather(long dim, Tensor index) => gather.Call(this, dim, index);

    /// <summary>A copy with some indices of a dimension replaced.</summary>
    /// <param name="dim">Which dimension.</param>
    /// <param name="index">Int64, one dimension.</param>
    /// <param name="source">The new slices, in the order of <paramref name="index"/>.</param>
    public Tensor IndexCopy(long dim, Tensor index, Tensor source) => indexCopy.Call(this, dim, index, source);

    /// <summary>The same values in another element type; itself when it has it.</summary>
    /// <param name="dtype">The element type.</param>
    public Tensor To(DType dtype) => toDType.Call(this, dtype);

    /// <summary>The same values on another device; itself when it is there.</summary>
    /// <param name="device">The device.</param>
    public Tensor To(Device device) => toDevice.Call(this, device, DType);

    /// <summary>A copy with memory of its own.</summary>
    public Tensor Clone() => clone.Call(this);

    private static Tensor Join(Operator op, IReadOnlyList<Tensor> tensors, long dim)
    {
        nint* handles = stackalloc nint[tensors.Count];
        for (int i = 0; i < tensors.Count; i++) handles[i] = tensors[i].Handle;
        return op.Call(NativeValue.Tensors(handles, tensors.Count), dim);
    }
}
