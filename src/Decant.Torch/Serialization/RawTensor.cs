namespace Decant.Torch.Serialization;

/// <summary>
/// A tensor as a checkpoint holds it: a name, an element type, a shape, and row-major little-endian bytes.
/// It is a view: the bytes belong to the <see cref="ICheckpoint"/> it came from and end with it.
/// </summary>
public sealed unsafe class RawTensor
{
    private readonly TensorMemory _memory;
    private readonly long _offset;
    private readonly long[] _shape;

    internal RawTensor(string name, DType dtype, long[] shape, TensorMemory memory, long offset, long byteCount)
    {
        Name = name;
        DType = dtype;
        _shape = shape;
        _memory = memory;
        _offset = offset;
        ByteCount = byteCount;
    }

    /// <summary>The name in the checkpoint.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The sizes, outermost first; empty for a single number. A size may be 0.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>Elements in all: the product of the shape, 1 for a single number.</summary>
    public long ElementCount => ByteCount / DType.ElementSize();

    /// <summary>Bytes in all.</summary>
    public long ByteCount { get; }

    /// <summary>Where the bytes begin. Valid until the checkpoint is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public nint Address => (nint)(_memory.Start + _offset);

    /// <summary>The bytes. Valid until the checkpoint is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    /// <exception cref="DecantException">The tensor has 2 GiB or more, too much for one span; use <see cref="Address"/>.</exception>
    public ReadOnlySpan<byte> Bytes => ByteCount <= int.MaxValue
        ? _memory.Span(_offset, (int)ByteCount)
        : throw new DecantException($"The tensor '{Name}' has {ByteCount} bytes, more than fit in one span (2 GiB).");

    /// <summary>The element type and shape in PyTorch's words, as in <c>Float32[768, 3072]</c>.</summary>
    public override string ToString() => $"{DType}[{string.Join(", ", _shape)}]";
}
