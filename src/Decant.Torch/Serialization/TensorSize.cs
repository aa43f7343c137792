namespace Decant.Torch.Serialization;

/// <summary>Sizes of shapes that come from files and may be made up.</summary>
internal static class TensorSize
{
    /// <summary>libtorch itself stops at 64 dimensions.</summary>
    public const int MaxDimensions = 64;

    /// <summary>Counts the elements of a shape; false when it does not fit in 64 bits or a size is negative.</summary>
    public static bool TryCount(ReadOnlySpan<long> shape, out long elements)
    {
        elements = 1;
        bool empty = false;
        foreach (long size in shape)
        {
            if (size < 0) return false;
            if (size == 0) { empty = true; continue; }
            if (elements > long.MaxValue / 8 / size) return false;
            elements *= size;
        }
        if (empty) elements = 0;
        return true;
    }
}
