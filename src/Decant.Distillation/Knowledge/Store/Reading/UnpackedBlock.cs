namespace Decant.Distillation.Knowledge.Store.Reading;

/// <summary>The packed block that was unpacked last, so that records of one block that are read in a row unpack it once.</summary>
internal sealed class UnpackedBlock
{
    private byte[] bytes = [];
    private ShardFile? shard;
    private int block, length;

    /// <summary>The unpacked payload.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <summary>Whether it is this block.</summary>
    public bool Holds(ShardFile ofShard, int number) => shard == ofShard && block == number;

    /// <summary>Room for a block's payload, which the caller fills.</summary>
    public Span<byte> Take(ShardFile ofShard, int number, int size)
    {
        if (bytes.Length < size) bytes = new byte[size];
        (shard, block, length) = (ofShard, number, size);
        return bytes.AsSpan(0, size);
    }

    /// <summary>What is there is not to be used.</summary>
    public void Forget() => shard = null;
}
