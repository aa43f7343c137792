namespace Decant.Torch.Serialization;

/// <summary>
/// A tensor that a pickle describes: a part of a storage, seen with a shape and strides.
/// All counts are in elements, and were checked to lie inside the storage.
/// </summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>The element type, which is that of the storage.</summary>
    public DType DType => Storage.DType;

    /// <summary>Elements in all.</summary>
    public long Elements { get; } = TensorSize.TryCount(Shape, out long n) ? n : throw new ArgumentException("Unchecked shape.", nameof(Shape));

    /// <summary>The place of the first element in the root storage, in bytes.</summary>
    public long ByteOffset => (Storage.Offset + Offset) * Storage.ElementSize;

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int d = Shape.Length - 1; d >= 0 && Elements > 0; d--)
            {
                if (Shape[d] == 1) continue;
                if (Strides[d] != expected) return false;
                expected *= Shape[d];
            }
            return true;
        }
    }
}
