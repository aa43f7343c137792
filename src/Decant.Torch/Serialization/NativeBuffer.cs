using System.Runtime.InteropServices;

namespace Decant.Torch.Serialization;

/// <summary>Memory of our own, for tensors whose elements do not lie in row-major order in the file.</summary>
internal sealed unsafe class NativeBuffer : TensorMemory
{
    private readonly void* _block;

    /// <param name="bytes">Size; zero is allowed.</param>
    public NativeBuffer(long bytes)
    {
        _block = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), 64);
        Start = (byte*)_block;
        Length = bytes;
    }

    protected override void Release() => NativeMemory.AlignedFree(_block);
}
