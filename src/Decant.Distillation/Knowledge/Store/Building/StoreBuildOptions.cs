using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>How a store is written.</summary>
public sealed record StoreBuildOptions
{
    /// <summary>How values are written. Default: float16.</summary>
    public StoreValues Values { get; init; } = StoreValues.Float16;

    /// <summary>How blocks are packed. Default: not at all.</summary>
    public StoreCompression Compression { get; init; }

    /// <summary>The part that is built, from 1. Default: 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>In how many parts the work is split. Default: 1.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>A block is closed when its payload has this many bytes. Default: null, 256 KiB, or 32 KiB where blocks are packed, since a record is read by unpacking its block.</summary>
    public int? BlockBytes { get; init; }

    /// <summary>A shard is closed before it would grow beyond this. Default: 1 GiB.</summary>
    public long ShardBytes { get; init; } = 1 << 30;

    /// <summary>Give up what follows a damaged block and make it again. Default: false, damage is an error.</summary>
    public bool Repair { get; init; }

    internal int EffectiveBlockBytes => BlockBytes ?? (Compression == StoreCompression.None ? 1 << 18 : 1 << 15);

    /// <summary>A disk that fails, for tests.</summary>
    internal BlockWrite? Write { get; init; }
}
