using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>
/// Remembers how short words were spelt. A fixed table of buckets of two entries; a new word drives out the older of
/// the two, so memory is bounded whatever the text. One per thread.
/// </summary>
internal sealed class WordMemo
{
    /// <summary>The kind of a word whose bytes are ASCII characters, and of one whose bytes are UTF-16 units.</summary>
    public const int AsciiWord = 0, WideWord = 0x100;

    /// <summary>Spellings of more pieces are not kept.</summary>
    public const int MaxPieces = 3;

    private const int BucketBits = 14;

    private readonly Entry[] _entries = new Entry[2 << BucketBits];

    /// <summary>A word and its spelling: 32 bytes, two to a cache line.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public Vector128<byte> Word;
        public int Id0, Id1, Id2;

        /// <summary>Number of pieces in the low byte; 0 for a free entry. The kind is in it too.</summary>
        public int Shape;
    }

    /// <summary>The spelling of a word, or a null reference.</summary>
    /// <param name="word">The word's bytes, zeros behind.</param>
    /// <param name="kind"><see cref="AsciiWord"/> or <see cref="WideWord"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Entry Find(Vector128<byte> word, int kind)
    {
        ref Entry first = ref _entries[Bucket(word)];
        if (Matches(in first, word, kind)) return ref first;
        ref Entry second = ref Unsafe.Add(ref first, 1);
        if (Matches(in second, word, kind)) return ref second;
        return ref Unsafe.NullRef<Entry>();
    }

    /// <summary>Keeps a spelling of 1 to <see cref="MaxPieces"/> pieces.</summary>
    public void Add(Vector128<byte> word, int kind, ReadOnlySpan<int> ids)
    {
        int bucket = Bucket(word);
        _entries[bucket + 1] = _entries[bucket];
        _entries[bucket] = new Entry
        {
            Word = word,
            Id0 = ids[0],
            Id1 = ids.Length > 1 ? ids[1] : 0,
            Id2 = ids.Length > 2 ? ids[2] : 0,
            Shape = ids.Length | kind,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Matches(in Entry entry, Vector128<byte> word, int kind) =>
        entry.Word == word && (entry.Shape & WideWord) == kind && (entry.Shape & 0xFF) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(Vector128<byte> word)
    {
        ulong hash = word.AsUInt64()[0] * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 32) ^ word.AsUInt64()[1]) * 0xD6E8FEB86659FD93;
        return (int)(hash >> (64 - BucketBits)) * 2;
    }
}
