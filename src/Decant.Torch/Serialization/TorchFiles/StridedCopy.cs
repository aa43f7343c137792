namespace Decant.Torch.Serialization;

/// <summary>Copies a tensor with any strides into row-major order.</summary>
internal static unsafe class StridedCopy
{
    /// <param name="storage">The first byte of the tensor's root storage.</param>
    /// <param name="tensor">Shape and strides, checked to lie in the storage.</param>
    /// <param name="target">Room for all its elements.</param>
    public static void Copy(byte* storage, PickleTensor tensor, byte* target)
    {
        if (tensor.Elements == 0) return;
        byte* source = storage + tensor.ByteOffset;
        switch (tensor.DType.ElementSize())
        {
            case 1: CopyElements(source, tensor, target); break;
            case 2: CopyElements((ushort*)source, tensor, (ushort*)target); break;
            case 4: CopyElements((uint*)source, tensor, (uint*)target); break;
            default: CopyElements((ulong*)source, tensor, (ulong*)target); break;
        }
    }

    private static void CopyElements<T>(T* source, PickleTensor tensor, T* target) where T : unmanaged
    {
        long[] shape = tensor.Shape, strides = tensor.Strides;
        int last = shape.Length - 1;
        if (last < 0) { *target = *source; return; }
        var index = new long[shape.Length];
        while (true)
        {
            for (long i = 0; i < shape[last]; i++) *target++ = source[i * strides[last]];
            int d = last - 1;
            for (; d >= 0; d--)
            {
                source += strides[d];
                if (++index[d] < shape[d]) break;
                source -= strides[d] * shape[d];
                index[d] = 0;
            }
            if (d < 0) return;
        }
    }
}
