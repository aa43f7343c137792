using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>
/// Names a sequence by what the teacher sees of it: its token ids and where its second segment begins. Texts, tokenizer and
/// maximum length decide both, so a record can never be given to another example, whatever the order, subset or repetition.
/// </summary>
internal static class SequenceKey
{
    /// <summary>Bytes of a key in a file.</summary>
    public const int Size = 16;

    private const int OnStack = 520;

    /// <summary>The first 16 bytes of the SHA-256 of the first segment's length and the ids, 32-bit little-endian each.</summary>
    /// <param name="ids">The real tokens, special ones included.</param>
    /// <param name="firstSegment">How many of them have type id 0; they come first.</param>
    public static UInt128 Of(ReadOnlySpan<int> ids, int firstSegment)
    {
        Span<int> numbers = ids.Length < OnStack ? stackalloc int[ids.Length + 1] : new int[ids.Length + 1];
        numbers[0] = firstSegment;
        ids.CopyTo(numbers[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(numbers), hash);
        return Read(hash);
    }

    /// <summary>The key of a row of a batch.</summary>
    /// <param name="ids">The row's real tokens.</param>
    /// <param name="types">Their type ids: zeros, then ones.</param>
    public static UInt128 Of(ReadOnlySpan<int> ids, ReadOnlySpan<int> types)
    {
        int second = types.IndexOf(1);
        return Of(ids, second < 0 ? ids.Length : second);
    }

    /// <summary>A key from a file.</summary>
    public static UInt128 Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128LittleEndian(bytes);
}
