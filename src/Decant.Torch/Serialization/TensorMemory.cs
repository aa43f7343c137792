namespace Decant.Torch.Serialization;

/// <summary>A block of native memory with one owner and a known end of life.</summary>
internal abstract unsafe class TensorMemory : IDisposable
{
    private byte* _start;

    /// <summary>Bytes in the block.</summary>
    public long Length { get; protected init; }

    /// <summary>Whether the block was given back; its address is then meaningless.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>The first byte.</summary>
    /// <exception cref="ObjectDisposedException">The block was given back.</exception>
    public byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _start;
        }
        protected init => _start = value;
    }

    /// <summary>A range of the block. The caller has checked that it lies inside.</summary>
    public ReadOnlySpan<byte> Span(long offset, int count) => new(Start + offset, count);

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        Release();
        _start = null;
    }

    /// <summary>Gives the memory back; called once.</summary>
    protected abstract void Release();
}
