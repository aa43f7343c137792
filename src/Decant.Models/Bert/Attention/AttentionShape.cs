namespace Decant.Models.Bert.Attention;

/// <summary>The sizes of an attention: queries are [batch, queries, heads × size], keys and values [batch, tokens, heads × size].</summary>
internal readonly record struct AttentionShape(int Batch, int Heads, int Queries, int Tokens, int Size)
{
    /// <summary>From one token to the next.</summary>
    public int Step => Heads * Size;

    /// <summary>1 / √d.</summary>
    public float Scale => 1 / MathF.Sqrt(Size);

    /// <summary>Where the keys and values of a head begin.</summary>
    /// <param name="head">Sequence × heads + head.</param>
    public nint KeyAt(int head) => At(head, Tokens, 0);

    /// <summary>Where a query of a head begins.</summary>
    /// <param name="head">Sequence × heads + head.</param>
    /// <param name="query">From 0.</param>
    public nint QueryAt(int head, int query) => At(head, Queries, query);

    private nint At(int head, int rows, int row) => ((nint)(head / Heads) * rows + row) * Step + head % Heads * Size;
}

/// <summary>The tensors of an attention, or their gradients. The mask is additive, [batch × heads, tokens]; null for none.</summary>
internal readonly unsafe struct AttentionPointers(float* queries, float* keys, float* values, float* mask)
{
    public float* Queries { get; } = queries;

    public float* Keys { get; } = keys;

    public float* Values { get; } = values;

    public float* Mask { get; } = mask;
}
