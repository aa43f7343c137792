namespace Decant.Text.Tokenization;

/// <summary>A growing row of piece ids that is filled again and again, so that encoding allocates nothing.</summary>
public sealed class PieceBuffer
{
    /// <summary>The storage; at least <see cref="Count"/> long.</summary>
    internal int[] Storage = new int[256];

    /// <summary>How many ids there are.</summary>
    public int Count { get; internal set; }

    /// <summary>The ids. Valid until the next id is added.</summary>
    public ReadOnlySpan<int> Ids => Storage.AsSpan(0, Count);

    /// <summary>Empties the buffer and keeps its storage.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends one id.</summary>
    /// <param name="id">The piece's id.</param>
    public void Add(int id)
    {
        Reserve(1);
        Storage[Count++] = id;
    }

    /// <summary>Makes room for more ids.</summary>
    internal void Reserve(int more)
    {
        if (Storage.Length - Count < more)
            Array.Resize(ref Storage, (int)Math.Min(Array.MaxLength, Math.Max((long)Count + more, 2L * Storage.Length)));
    }
}
