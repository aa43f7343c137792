using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>
/// A libtorch tensor. The innermost open <see cref="TensorScope"/> owns it from birth; without a scope its holder disposes it.
/// Operators are methods with C# names; each says which ATen operator it calls where the name differs.
/// </summary>
public sealed unsafe partial class Tensor : IDisposable
{
    private nint handle;

    internal Tensor(nint handle)
    {
        this.handle = handle;
        TensorScope.Current?.Add(this);
    }

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor), "The tensor was freed already; keep it with TensorScope.Keep.");

    internal TensorScope? Owner { get; set; }

    /// <summary>Whether the native memory was given back.</summary>
    public bool IsDisposed => handle == 0;

    /// <summary>Element type.</summary>
    public DType DType
    {
        get
        {
            Describe(out DType dtype, out _, out _);
            return dtype;
        }
    }

    /// <summary>Where it lives.</summary>
    public Device Device
    {
        get
        {
            Native.Check(Native.Describe(Handle, out _, out int type, out int index, out _, out _), "device");
            return type == 1 ? Device.Cuda(index) : Device.Cpu;
        }
    }

    /// <summary>Number of dimensions.</summary>
    public int Rank
    {
        get
        {
            Describe(out _, out int rank, out _);
            return rank;
        }
    }

    /// <summary>Size of every dimension, outermost first.</summary>
    public long[] Shape
    {
        get
        {
            Describe(out _, out int rank, out long* sizes);
            return new ReadOnlySpan<long>(sizes, rank).ToArray();
        }
    }

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            Describe(out _, out int rank, out long* sizes);
            long count = 1;
            for (int i = 0; i < rank; i++) count *= sizes[i];
            return count;
        }
    }

    /// <summary>Size of one dimension.</summary>
    /// <param name="dim">From 0; negative counts from the end.</param>
    public long Size(int dim)
    {
        Describe(out _, out int rank, out long* sizes);
        int at = dim < 0 ? dim + rank : dim;
        if ((uint)at >= (uint)rank) throw new ArgumentOutOfRangeException(nameof(dim), $"Dimension {dim} of a tensor with {rank} dimensions.");
        return sizes[at];
    }

    /// <summary>Puts this tensor itself on a device, so that whoever holds it sees it there. Asking for a gradient stays as it was; a gradient is forgotten.</summary>
    /// <param name="device">Where it goes.</param>
    public void MoveTo(Device device)
    {
        if (Device == device) return;
        bool requiresGrad = RequiresGrad;
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        Tensor moved = Detach().To(device);
        (handle, moved.handle) = (moved.handle, handle);
        RequiresGrad = requiresGrad;
    }

    /// <summary>Gives the native memory back now. Using the tensor afterwards is an error; disposing again is not.</summary>
    public void Dispose()
    {
        nint freed = Interlocked.Exchange(ref handle, 0);
        if (freed != 0) Native.Free(freed);
        ForgetRowGrad();
    }

    /// <summary>Hands the native handle to someone who frees it; the tensor is as if disposed.</summary>
    internal nint Surrender() => Interlocked.Exchange(ref handle, 0);

    /// <inheritdoc/>
    public override string ToString() => IsDisposed ? "Tensor(freed)" : $"Tensor({DType}, [{string.Join(", ", Shape)}], {Device})";

    private void Describe(out DType dtype, out int rank, out long* sizes) =>
        Native.Check(Native.Describe(Handle, out dtype, out _, out _, out rank, out sizes), "shape");
}
