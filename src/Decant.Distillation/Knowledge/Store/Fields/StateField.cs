using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>
/// A part of a hidden state: where attention chose the tokens, their positions and ranks; then the values of the kept neurons, token by token.
/// Neurons that the request itself names take no room; those that the values decide are another kind of field. Padding is never written.
/// </summary>
internal class StateField : StoredField
{
    private readonly int[]? named;
    private readonly bool ranked;

    public StateField(HiddenStateRequest request, int hidden, ValueCodec codec) : base(request.ToString())
    {
        (Request, Hidden, Codec) = (request, hidden, codec);
        named = request.Neurons.Static(hidden);
        ranked = request.Tokens is AttentionTokens;
    }

    /// <summary>What is stored.</summary>
    public HiddenStateRequest Request { get; }

    protected int Hidden { get; }

    protected ValueCodec Codec { get; }

    public sealed override int MaxSize(int tokens) => checked(ChoiceSize(tokens) + MaxValueSize(Width(tokens)));

    public sealed override int TypicalSize(int tokens) => ChoiceSize(tokens) + TypicalValueSize(Width(tokens));

    public override void Take(TeacherKnowledge answer, TokenBatch batch, FieldArrays arrays)
    {
        Shape(batch, arrays);
        SelectedHiddenState state = answer.HiddenState(Request);
        arrays.TakeValues(state.Values);
        if (!ranked) return;
        state.Positions.CopyTo(arrays.Positions);
        state.Ranks.CopyTo(arrays.Ranks);
    }

    public sealed override int Encode(FieldArrays arrays, int row, int tokens, Span<byte> bytes)
    {
        int width = Width(tokens), positions = PositionSize(tokens), at = ChoiceSize(tokens);
        if (ranked)
        {
            IndexCodec.Encode(arrays.Positions.Slice(row * arrays.Width, width), tokens, bytes[..positions]);
            RankCodec.Encode(arrays.Ranks.Slice(row * arrays.Width, width), bytes[positions..at]);
        }
        return at + EncodeValues(arrays, row * arrays.Width * Hidden, width, bytes[at..]);
    }

    public override void Shape(TokenBatch batch, FieldArrays arrays) => arrays.Shape(batch.Sequences, Width(batch.Length), Hidden);

    public sealed override bool TryCut(ref ReadOnlySpan<byte> record, int tokens, out ReadOnlySpan<byte> field)
    {
        field = default;
        int choice = ChoiceSize(tokens);
        return choice <= record.Length && ValueSize(record[choice..], Width(tokens)) is >= 0 and var size
            && TryCutBytes(ref record, choice + size, out field);
    }

    public sealed override bool TryDecode(ReadOnlySpan<byte> field, int row, int tokens, FieldArrays arrays)
    {
        int width = Width(tokens), at = PositionSize(tokens), size = ChoiceSize(tokens);
        if (ranked)
        {
            Span<int> positions = arrays.Positions.Slice(row * arrays.Width, arrays.Width), ranks = arrays.Ranks.Slice(row * arrays.Width, arrays.Width);
            if (!IndexCodec.TryDecode(field[..at], tokens, positions[..width])
                || !RankCodec.TryDecode(field[at..size], ranks[..width], arrays.Indices(width))) return false;
            // A text with fewer tokens than are asked for is filled up with the padding that follows it, as the running teacher does.
            for (int i = width; i < positions.Length; i++) positions[i] = ranks[i] = i;
        }
        return TryDecodeValues(field[size..], arrays, row * arrays.Width * Hidden, width);
    }

    /// <summary>The answer of the batch; the innermost tensor scope owns it.</summary>
    public SelectedHiddenState Answer(FieldArrays arrays, TokenBatch batch, Device device)
    {
        int[]? positions = ranked ? arrays.Positions.ToArray() : Request.Tokens.Positions(new SelectionSource(null!, batch, null));
        int[]? counts = Request.Tokens == TokenSelection.Cls ? null : HiddenStateSelector.Counts(batch, arrays.Width);
        Tensor values = Tensor.From<float>(arrays.Values, batch.Sequences, arrays.Width, Hidden).To(device);
        return new SelectedHiddenState
        {
            Values = values,
            Positions = positions,
            Ranks = ranked ? arrays.Ranks.ToArray() : null,
            Counts = counts,
            KeptNeurons = Kept(arrays, values, counts),
        };
    }

    /// <summary>Which neurons of the answer were kept.</summary>
    protected virtual Tensor? Kept(FieldArrays arrays, Tensor values, int[]? counts) => Request.Neurons.Mask(values, counts);

    /// <summary>Most bytes of the values of some tokens.</summary>
    protected virtual int MaxValueSize(int width) => checked(width * TokenSize);

    /// <summary>The bytes to expect of the values of some tokens.</summary>
    protected virtual int TypicalValueSize(int width) => MaxValueSize(width);

    /// <summary>Bytes of the values that a span begins with; −1 when they make no sense.</summary>
    protected virtual long ValueSize(ReadOnlySpan<byte> bytes, int width) => (long)width * TokenSize;

    /// <summary>Writes the values of a row, which begin at <paramref name="start"/>.</summary>
    protected virtual int EncodeValues(FieldArrays arrays, int start, int width, Span<byte> bytes)
    {
        Span<float> gathered = arrays.Gathered(named?.Length ?? 0);
        for (int t = 0; t < width; t++)
        {
            Span<float> token = arrays.Values.Slice(start + t * Hidden, Hidden);
            for (int i = 0; i < gathered.Length; i++) gathered[i] = token[named![i]];
            Codec.Encode(named is null ? token : gathered, bytes.Slice(t * TokenSize, TokenSize));
        }
        return width * TokenSize;
    }

    /// <summary>Reads the values of a row.</summary>
    protected virtual bool TryDecodeValues(ReadOnlySpan<byte> bytes, FieldArrays arrays, int start, int width)
    {
        Span<float> gathered = arrays.Gathered(named?.Length ?? 0);
        for (int t = 0; t < width; t++)
        {
            Span<float> token = arrays.Values.Slice(start + t * Hidden, Hidden);
            Codec.Decode(bytes.Slice(t * TokenSize, TokenSize), named is null ? token : gathered);
            for (int i = 0; i < gathered.Length; i++) token[named![i]] = gathered[i];
        }
        return true;
    }

    private int TokenSize => Codec.Size(named?.Length ?? Hidden);

    private int Width(int tokens) => Math.Min(tokens, Request.Tokens.Count ?? tokens);

    private int PositionSize(int tokens) => ranked ? IndexCodec.Size(Width(tokens), tokens) : 0;

    // Positions, then ranks.
    private int ChoiceSize(int tokens) => ranked ? checked(PositionSize(tokens) + RankCodec.Size(Width(tokens))) : 0;
}
