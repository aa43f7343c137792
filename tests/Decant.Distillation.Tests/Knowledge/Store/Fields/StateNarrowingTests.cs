using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Tests.Knowledge.Selection;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Store.Fields;

/// <summary>What is cut out of a stored answer is, to the bit, what the teacher answers itself.</summary>
public class StateNarrowingTests
{
    private static readonly string[] Orders =
        ["attention {0} by scores of layer 7", "attentionNoSep {0} by scores of layer 7", "attention {0} by probabilities of layer 12", "attentionNoSep {0} by probabilities of layer 12"];

    public static IEnumerable<object[]> Narrowed() =>
        from order in Orders from tokens in new[] { 1, 3, 10, 64 }
        from neurons in new[] { "all", "magnitude 0.1 sample", "magnitude 0.1 token", "uniform 0.3", "random 0.3 seed 2" }
        select new object[] { order, tokens, neurons };

    [Theory]
    [MemberData(nameof(Narrowed))]
    public void FewerTokensOf64AreThoseOfTheRunningTeacher(string order, int tokens, string neurons)
    {
        HiddenStateRequest stored = Request(order, 64, "all"), wanted = Request(order, tokens, neurons);
        Assert.True(StateNarrowing.Covers(stored, wanted, RandomTeacher.Hidden));
        // Longer than what is stored, as long, shorter, shorter than what is asked for; then a batch that is shorter altogether.
        foreach (int[] lengths in (int[][])[[70, 64, 33, 11, 10, 9, 3, 2], [6, 2, 5]])
            AssertSameBits(stored, wanted, lengths);
    }

    [Theory]
    [InlineData("magnitude 0.3 token", "magnitude 0.1 token")]
    [InlineData("uniform 0.5", "uniform 0.5")]
    [InlineData("uniform 0.5", "uniform 0.25")]
    public void FewerTokensWithStoredNeurons(string has, string wants)
    {
        foreach (int tokens in (int[])[1, 3, 10])
            AssertSameBits(Request(Orders[1], 64, has), Request(Orders[1], tokens, wants), [70, 64, 11, 2]);
    }

    [Theory]
    [InlineData("attention 10", "attention 11")]
    [InlineData("attention 10", "attentionNoSep 5")]
    [InlineData("attentionNoSep 10", "attention 5")]
    [InlineData("attention 10", "attention 5 by probabilities")]
    [InlineData("attention 10", "attention 5 of layer 12")]
    [InlineData("attention 10", "cls")]
    [InlineData("attention 10", "leftFirst 1")]
    [InlineData("attention 10", "all")]
    [InlineData("all", "attention 10")]
    [InlineData("leftFirst 10", "attention 5")]
    public void AnotherOrderOrMoreTokensAreNotCovered(string stored, string wanted) =>
        Assert.False(StateNarrowing.Covers(new(7, TokenSelection.Parse(stored)), new(7, TokenSelection.Parse(wanted)), RandomTeacher.Hidden));

    [Fact]
    public void NeuronsRankedOverMoreTokensDoNotServeFewer()
    {
        HiddenStateRequest stored = Request(Orders[0], 64, "magnitude 0.5 sample");
        Assert.True(StateNarrowing.Covers(stored, Request(Orders[0], 64, "magnitude 0.1 sample"), RandomTeacher.Hidden));
        Assert.False(StateNarrowing.Covers(stored, Request(Orders[0], 63, "magnitude 0.1 sample"), RandomTeacher.Hidden));
    }

    private static HiddenStateRequest Request(string order, int tokens, string neurons) =>
        new(7, TokenSelection.Parse(string.Format(null, order, tokens)), NeuronSelection.Parse(neurons));

    private static void AssertSameBits(HiddenStateRequest stored, HiddenStateRequest wanted, int[] lengths)
    {
        using var scope = new TensorScope();
        // Written down from a batch that is padded less than the one that it is read for.
        SelectionSource reads = RandomTeacher.Make(5, lengths.Max() + 20, lengths), writes = RandomTeacher.Shorten(reads, lengths.Max());
        StoredField field = FieldSet.Create([stored.ToString()], RandomTeacher.Shape, DType.Float32).Single();
        FieldArrays written = new(), read = new();
        field.Take(new TeacherKnowledge(null, new Dictionary<HiddenStateRequest, SelectedHiddenState> { [stored] = HiddenStateSelector.Select(stored, writes) }), writes.Tokens, written);
        field.Shape(reads.Tokens, read);
        for (int row = 0; row < lengths.Length; row++)
        {
            var bytes = new byte[field.MaxSize(lengths[row])];
            ReadOnlySpan<byte> record = bytes.AsSpan(0, field.Encode(written, row, lengths[row], bytes));
            Assert.True(field.TryCut(ref record, lengths[row], out ReadOnlySpan<byte> cut) && record.IsEmpty);
            Assert.True(field.TryDecode(cut, row, lengths[row], read));
        }
        SelectedHiddenState answer = StateNarrowing.Cut(((StateField)field).Answer(read, reads.Tokens, Device.Cpu), stored, wanted, reads.Tokens);
        SelectedHiddenState own = HiddenStateSelector.Select(wanted, reads);
        Assert.Equal(own.Values.Shape, answer.Values.Shape);
        Assert.Equal(Bits(own.Values), Bits(answer.Values));
        Assert.Equal(own.Positions, answer.Positions);
        Assert.Equal(own.Ranks, answer.Ranks);
        Assert.Equal(own.Counts, answer.Counts);
        Assert.Equal(own.KeptNeurons?.ToArray<bool>(), answer.KeptNeurons?.ToArray<bool>());
    }

    // Zeros have no sign here: a neuron that is not kept is not written, whatever the sign of the product that made it zero.
    private static int[] Bits(Tensor values) => [.. values.ToArray<float>().Select(value => BitConverter.SingleToInt32Bits(value + 0f))];
}
