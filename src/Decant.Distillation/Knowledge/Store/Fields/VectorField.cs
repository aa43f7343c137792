using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>One vector a sequence: the logits or the pooled output.</summary>
/// <param name="text">The part of the request.</param>
/// <param name="width">Numbers of the vector.</param>
/// <param name="codec">How they are written.</param>
/// <param name="select">Takes them out of an answer, [sequences, width].</param>
internal sealed class VectorField(string text, int width, ValueCodec codec, Func<TeacherKnowledge, Tensor> select) : StoredField(text)
{
    public override int MaxSize(int tokens) => codec.Size(width);

    public override void Take(TeacherKnowledge answer, TokenBatch batch, FieldArrays arrays)
    {
        Shape(batch, arrays);
        arrays.TakeValues(select(answer));
    }

    public override int Encode(FieldArrays arrays, int row, int tokens, Span<byte> bytes)
    {
        codec.Encode(arrays.Values.Slice(row * width, width), bytes[..codec.Size(width)]);
        return codec.Size(width);
    }

    public override void Shape(TokenBatch batch, FieldArrays arrays) => arrays.Shape(batch.Sequences, 1, width);

    public override bool TryCut(ref ReadOnlySpan<byte> record, int tokens, out ReadOnlySpan<byte> field) =>
        TryCutBytes(ref record, codec.Size(width), out field);

    public override bool TryDecode(ReadOnlySpan<byte> field, int row, int tokens, FieldArrays arrays)
    {
        codec.Decode(field, arrays.Values.Slice(row * width, width));
        return true;
    }

    /// <summary>The answer of the batch, [sequences, width]; the innermost tensor scope owns it.</summary>
    public Tensor Answer(FieldArrays arrays, TokenBatch batch, Device device) =>
        Tensor.From<float>(arrays.Values, batch.Sequences, width).To(device);
}
