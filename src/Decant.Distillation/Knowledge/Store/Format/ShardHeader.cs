using System.Buffers.Binary;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>The 64 bytes at the start of a shard file: what it is, and to which store it belongs.</summary>
internal static class ShardHeader
{
    public const int Size = 64;
    private static ReadOnlySpan<byte> Magic => "DECANTKS"u8;

    public static byte[] Create(ReadOnlySpan<byte> identity)
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), StoreManifest.CurrentVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Size);
        identity.CopyTo(bytes.AsSpan(16, 32));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
        return bytes;
    }

    /// <summary>Why these are not the first bytes of a shard of that store; null when they are.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> identity)
    {
        if (bytes.Length < Size) return "it is cut off within its header";
        if (!bytes.StartsWith(Magic)) return "it does not begin as a shard of a knowledge store does";
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]) != Crc32C.Of(bytes[..60])) return "its header is damaged";
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != StoreManifest.CurrentVersion || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != Size)
            return "it is of another version of the format";
        return bytes.Slice(16, 32).SequenceEqual(identity) ? null : "it belongs to another store";
    }
}
