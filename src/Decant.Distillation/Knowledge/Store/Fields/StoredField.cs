using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>
/// One part of every record, for one part of the request: how it is written, found and read. The bytes of a field depend on the
/// number of tokens and on nothing that is not in the record.
/// </summary>
/// <param name="text">The part of the request, as in the manifest.</param>
internal abstract class StoredField(string text)
{
    /// <summary>The part of the request, as in the manifest.</summary>
    public string Text { get; } = text;

    /// <summary>Most bytes in the record of a sequence.</summary>
    /// <param name="tokens">Its real tokens.</param>
    public abstract int MaxSize(int tokens);

    /// <summary>The bytes to expect in the record of a sequence; <see cref="MaxSize"/> unless values decide.</summary>
    /// <param name="tokens">Its real tokens.</param>
    public virtual int TypicalSize(int tokens) => MaxSize(tokens);

    /// <summary>Takes over what the teacher said of a batch, to be encoded row by row.</summary>
    public abstract void Take(TeacherKnowledge answer, TokenBatch batch, FieldArrays arrays);

    /// <summary>Writes one row.</summary>
    /// <param name="arrays">The batch.</param>
    /// <param name="row">Which.</param>
    /// <param name="tokens">Its real tokens.</param>
    /// <param name="bytes">At least <see cref="MaxSize"/> long.</param>
    /// <returns>Bytes written.</returns>
    public abstract int Encode(FieldArrays arrays, int row, int tokens, Span<byte> bytes);

    /// <summary>Makes room for a batch to be decoded.</summary>
    public abstract void Shape(TokenBatch batch, FieldArrays arrays);

    /// <summary>Moves past this field in a record.</summary>
    /// <param name="record">What is left of the record; begins at this field.</param>
    /// <param name="tokens">The sequence's real tokens.</param>
    /// <param name="field">The bytes of this field.</param>
    /// <returns>False when the record is too short or makes no sense.</returns>
    public abstract bool TryCut(ref ReadOnlySpan<byte> record, int tokens, out ReadOnlySpan<byte> field);

    /// <summary>Reads one row.</summary>
    /// <param name="field">What <see cref="TryCut"/> found.</param>
    /// <param name="row">Where it goes.</param>
    /// <param name="tokens">The sequence's real tokens.</param>
    /// <param name="arrays">Shaped for the batch.</param>
    /// <returns>False when the bytes make no sense.</returns>
    public abstract bool TryDecode(ReadOnlySpan<byte> field, int row, int tokens, FieldArrays arrays);

    /// <summary>Cuts a number of bytes off a record.</summary>
    protected static bool TryCutBytes(ref ReadOnlySpan<byte> record, long size, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (size > record.Length) return false;
        field = record[..(int)size];
        record = record[(int)size..];
        return true;
    }
}
