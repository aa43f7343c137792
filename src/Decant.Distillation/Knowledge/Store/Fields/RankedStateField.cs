using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>
/// A part of a hidden state whose neurons were chosen by their values: which of tokens × neurons they are, as <see cref="SparseIndices"/>,
/// and one vector of their values. How many there are differs, since values that tie are kept together.
/// </summary>
internal sealed class RankedStateField(HiddenStateRequest request, int hidden, ValueCodec codec) : StateField(request, hidden, codec)
{
    public override void Take(TeacherKnowledge answer, TokenBatch batch, FieldArrays arrays)
    {
        base.Take(answer, batch, arrays);
        arrays.TakeKept(answer.HiddenState(Request).KeptNeurons!);
    }

    public override void Shape(TokenBatch batch, FieldArrays arrays) =>
        arrays.Shape(batch.Sequences, Math.Min(batch.Length, Request.Tokens.Count ?? batch.Length), Hidden, withKept: true);

    protected override Tensor Kept(FieldArrays arrays, Tensor values, int[]? counts) =>
        Tensor.From<bool>(arrays.Kept, values.Shape).To(values.Device);

    protected override int MaxValueSize(int width) => checked(SparseIndices.MaxSize(width * Hidden) + Codec.Size(width * Hidden));

    protected override int TypicalValueSize(int width)
    {
        int kept = Math.Max(1, (int)(Request.Neurons.Fraction * width * Hidden));
        return SparseIndices.TypicalSize(kept, width * Hidden) + Codec.Size(kept);
    }

    protected override long ValueSize(ReadOnlySpan<byte> bytes, int width)
    {
        int before = bytes.Length;
        return SparseIndices.TryReadHead(ref bytes, width * Hidden, out int count, out _, out _) ? before - bytes.Length + Codec.Size(count) : -1;
    }

    protected override int EncodeValues(FieldArrays arrays, int start, int width, Span<byte> bytes)
    {
        int total = width * Hidden, count = 0;
        Span<float> values = arrays.Values.Slice(start, total), gathered = arrays.Gathered(total);
        Span<bool> kept = arrays.Kept.Slice(start, total);
        Span<int> indices = arrays.Indices(total);
        for (int i = 0; i < total; i++)
            if (kept[i]) (indices[count], gathered[count++]) = (i, values[i]);
        int at = SparseIndices.Encode(indices[..count], total, bytes);
        Codec.Encode(gathered[..count], bytes.Slice(at, Codec.Size(count)));
        return at + Codec.Size(count);
    }

    protected override bool TryDecodeValues(ReadOnlySpan<byte> bytes, FieldArrays arrays, int start, int width)
    {
        int total = width * Hidden;
        if (!SparseIndices.TryReadHead(ref bytes, total, out int count, out byte form, out ReadOnlySpan<byte> body)) return false;
        Span<int> indices = arrays.Indices(count);
        if (!SparseIndices.TryDecode(body, form, total, indices)) return false;
        Span<float> values = arrays.Values.Slice(start, total), gathered = arrays.Gathered(count);
        Span<bool> kept = arrays.Kept.Slice(start, total);
        Codec.Decode(bytes, gathered);
        for (int i = 0; i < count; i++) (values[indices[i]], kept[indices[i]]) = (gathered[i], true);
        return true;
    }
}
