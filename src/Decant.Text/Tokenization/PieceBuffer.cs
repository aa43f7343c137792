using System.Buffers;
using System.Runtime.CompilerServices;

namespace Decant.Text.Tokenization;

/// <summary>A growing row of piece ids that is filled again and again, so that encoding allocates nothing.</summary>
public sealed class PieceBuffer
{
    /// <summary>The storage; at least <see cref="Count"/> long.</summary>
    internal int[] Storage = [];

    /// <summary>How many ids there are.</summary>
    public int Count { get; internal set; }

    /// <summary>The ids. Valid until the next id is added.</summary>
    public ReadOnlySpan<int> Ids => Storage.AsSpan(0, Count);

    /// <summary>Empties the buffer and keeps its storage.</summary>
    public void Clear() => Count = 0;

    /// <summary>Makes a buffer.</summary>
    /// <param name="capacity">How many ids to make room for at once; default 256. It grows as needed.</param>
    public PieceBuffer(int capacity = 256) => Reserve(capacity);

    /// <summary>Appends one id.</summary>
    /// <param name="id">The piece's id.</param>
    public void Add(int id)
    {
        Reserve(1);
        Storage[Count++] = id;
    }

    /// <summary>Makes room for more ids.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Reserve(int more)
    {
        if (Storage.Length - Count < more) Grow(more);
    }

    /// <summary>Lends the storage to the next buffer; this one is empty then.</summary>
    internal void Release()
    {
        ArrayPool<int>.Shared.Return(Storage);
        Storage = [];
        Count = 0;
    }

    private void Grow(int more)
    {
        if ((long)Count + more > Array.MaxLength)
            throw new DecantException($"The text has more than {Array.MaxLength} pieces, more than one array holds. Encode it in parts.");
        int[] larger = ArrayPool<int>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max((long)Count + more, 2L * Storage.Length)));
        Ids.CopyTo(larger);
        ArrayPool<int>.Shared.Return(Storage);
        Storage = larger;
    }
}
