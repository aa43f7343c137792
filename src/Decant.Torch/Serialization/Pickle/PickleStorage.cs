namespace Decant.Torch.Serialization;

/// <summary>
/// A storage that a pickle refers to: its key, the type and number of its elements, and, in legacy files, the part of
/// the root storage that it is (<c>Offset</c>, in elements).
/// </summary>
internal sealed record PickleStorage(string Key, DType DType, long Elements, long RootElements, long Offset)
{
    /// <summary>Bytes of one element.</summary>
    public int ElementSize => DType.ElementSize();

    /// <summary>Bytes of the whole root storage.</summary>
    public long RootBytes => RootElements * ElementSize;
}
