using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Selection;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Selection;

public class HiddenStateSelectorTests
{
    private static readonly string[] Tokens =
        ["all", "cls", "leftFirst", "rightFirst", "attention", "attentionNoSep", "attention by probabilities", "attentionNoSep by probabilities"];

    private static readonly string[] Neurons = ["all", "random 0.3", "uniform 0.3", "magnitude 0.3 token", "magnitude 0.3 sample"];

    public static IEnumerable<object[]> Selections() =>
        from tokens in Tokens from count in tokens is "all" or "cls" ? [0] : new[] { 1, 3, 5, 8, 20 } from seed in new[] { 1, 2 }
        select new object[] { tokens is "all" or "cls" ? tokens : tokens.Split(' ', 2) is [var kind, var rest] ? $"{kind} {count} {rest}" : $"{tokens} {count}", seed };

    [Theory]
    [MemberData(nameof(Selections))]
    public void Padding_is_never_chosen_while_real_tokens_remain(string tokens, int seed)
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(seed, tokens: 8, lengths: [8, 5, 3, 2]);
        var request = new HiddenStateRequest(7, TokenSelection.Parse(tokens));
        SelectedHiddenState selected = HiddenStateSelector.Select(request, source);
        int width = (int)selected.Values.Size(1);
        Assert.Equal(Math.Min(8, request.Tokens.Count ?? 8), width);
        for (int row = 0; row < 4; row++)
        {
            int length = source.Tokens.Lengths[row];
            int[] positions = selected.Positions?[(row * width)..((row + 1) * width)] ?? [.. Enumerable.Range(0, width)];
            Assert.Equal(positions.Order().Distinct(), positions);
            Assert.All(positions, p => Assert.InRange(p, 0, 7));
            int real = positions.Count(p => p < length);
            Assert.Equal(Math.Min(width, length), real);
            Assert.Equal(real, selected.Counts?[row] ?? width);
            Assert.All(positions.Take(real), p => Assert.True(p < length, "real tokens come first"));

            // The values are the teacher's at these positions, and 0 beyond them.
            for (int k = 0; k < width; k++)
            {
                float[] value = selected.Values.Select(0, row).Select(0, k).ToArray<float>();
                float[] state = source.Output.HiddenStates[7].Select(0, row).Select(0, positions[k]).ToArray<float>();
                Assert.Equal(k < real ? state : new float[RandomTeacher.Hidden], value);
            }
        }
        // The student's tokens are taken at the same places.
        Tensor own = selected.TakeFrom(source.Output.HiddenStates[7]);
        Tensor mask = selected.CountedTokens() ?? Tensor.Full([4, width], 1);
        Assert.Equal(selected.Values.ToArray<float>(), (own * mask.Unsqueeze(2)).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void What_is_chosen_of_an_example_does_not_depend_on_its_batch(string tokens, int seed)
    {
        using var scope = new TensorScope();
        SelectionSource together = RandomTeacher.Make(seed, tokens: 8, lengths: [8, 5, 3]);
        // The second example alone, padded less.
        var alone = new SelectionSource(
            new()
            {
                Logits = Tensor.Zeros([1, 2]),
                HiddenStates = together.Output.HiddenStates.ToDictionary(s => s.Key, s => s.Value.Narrow(0, 1, 1).Narrow(1, 0, 5)),
                ClsStates = together.Output.ClsStates.ToDictionary(s => s.Key, s => s.Value.Narrow(0, 1, 1)),
                AttentionScores = together.Output.AttentionScores.ToDictionary(s => s.Key, s => s.Value.Narrow(0, 1, 1).Narrow(2, 0, 5).Narrow(3, 0, 5)),
                AttentionProbabilities = together.Output.AttentionProbabilities.ToDictionary(s => s.Key, s => s.Value.Narrow(0, 1, 1).Narrow(2, 0, 5).Narrow(3, 0, 5)),
            },
            new()
            {
                Examples = 1, Choices = 1, Length = 5, Lengths = [5], InputIds = together.Tokens.InputIds[8..13], TokenTypeIds = new int[5],
                ExampleIndices = [1], ExampleIds = ["1"],
            }, RandomTeacher.Separator);
        foreach (string neurons in Neurons)
        {
            var request = new HiddenStateRequest(7, TokenSelection.Parse(tokens), NeuronSelection.Parse(neurons));
            Assert.Null(request.WhyOnlineOnly);
            SelectedHiddenState a = HiddenStateSelector.Select(request, together), b = HiddenStateSelector.Select(request, alone);
            int real = a.Counts?[1] ?? (int)a.Values.Size(1);
            Assert.Equal(real, b.Counts?[0] ?? (int)b.Values.Size(1));
            Assert.Equal(a.Values.Select(0, 1).Narrow(0, 0, real).ToArray<float>(), b.Values.Select(0, 0).Narrow(0, 0, real).ToArray<float>());
        }
    }

    [Fact]
    public void Separators_are_chosen_only_where_nothing_else_is_left()
    {
        using var scope = new TensorScope();
        // Separators stand at 4 and 7, and attract all attention.
        SelectionSource source = RandomTeacher.Make(1, tokens: 10, lengths: [8, 10]);
        source.Output.AttentionScores[3].Narrow(3, 4, 1).FillInPlace(50);
        source.Output.AttentionScores[3].Narrow(3, 7, 1).FillInPlace(50);
        int[] Chosen(int count, bool without) =>
            HiddenStateSelector.Select(new(3, TokenSelection.Attention(count, without)), source).Positions![..Math.Min(count, 10)];
        Assert.Equal([4, 7], Chosen(2, without: false));
        Assert.Equal([0, 1, 2, 3, 5, 6], Chosen(6, without: true));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Chosen(7, without: true));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], Chosen(9, without: true));
    }

    [Theory]
    [InlineData("attention 8")]
    [InlineData("attentionNoSep 8")]
    [InlineData("attention 8 by probabilities")]
    [InlineData("attentionNoSep 20 by probabilities of layer 9")]
    public void The_first_in_rank_are_what_fewer_tokens_take(string tokens)
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(4, tokens: 12, lengths: [12, 9, 8, 5, 2]);
        var most = new HiddenStateRequest(7, TokenSelection.Parse(tokens));
        SelectedHiddenState all = HiddenStateSelector.Select(most, source);
        int width = all.Positions!.Length / 5;
        Assert.All(all.Ranks!.Chunk(width), ranks => Assert.Equal(Enumerable.Range(0, width), ranks.Order()));
        for (int count = 1; count <= width; count++)
        {
            int[] chosen = HiddenStateSelector.Select(new(7, most.Tokens.WithCount(count)), source).Positions!;
            Assert.Equal(chosen, all.Positions.Zip(all.Ranks!).Where(token => token.Second < count).Select(token => token.First));
        }
    }

    [Fact]
    public void The_first_in_rank_has_most_attention_and_separators_are_last()
    {
        using var scope = new TensorScope();
        // Separators stand at 2 and 4; the mean over two heads decides, and of equals the earlier comes first.
        SelectionSource source = RandomTeacher.Make(1, tokens: 6, lengths: [5]);
        float[] attention = [1, 3, 9, 1, 2, 50];
        source.Output.AttentionScores[3].Narrow(2, 0, 1).FillInPlace(0);
        for (int j = 0; j < 6; j++) source.Output.AttentionScores[3].Narrow(1, 1, 1).Narrow(2, 0, 1).Narrow(3, j, 1).FillInPlace(attention[j]);
        Assert.Equal([3, 1, 0, 4, 2, 5], HiddenStateSelector.Select(new(3, TokenSelection.Attention(6)), source).Ranks!);
        Assert.Equal([1, 0, 3, 2, 4, 5], HiddenStateSelector.Select(new(3, TokenSelection.Attention(6, withoutSeparators: true)), source).Ranks!);
        Assert.Null(HiddenStateSelector.Select(new(3, TokenSelection.LeftFirst(3)), source).Ranks);
    }

    [Fact]
    public void Selecting_without_separators_needs_to_know_them()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(1, 4, [4]) with { SeparatorId = null };
        HiddenStateSelector.Select(new(3, TokenSelection.Attention(2)), source);
        var e = Assert.Throws<DecantException>(() => HiddenStateSelector.Select(new(3, TokenSelection.Attention(2, withoutSeparators: true)), source));
        Assert.StartsWith("The token selection 'attentionNoSep 2 by scores of layer 3' has to know which token is [SEP]", e.Message);
    }

    [Fact]
    public void Padding_counts_where_it_is_asked_for()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(1, tokens: 6, lengths: [6, 3]);
        SelectedHiddenState selected = HiddenStateSelector.Select(new(2, TokenSelection.LeftFirst(5), withPadding: true), source);
        Assert.Null(selected.Counts);
        Assert.Null(selected.CountedTokens());
        Assert.Equal(source.Output.HiddenStates[2].Narrow(1, 0, 5).ToArray<float>(), selected.Values.ToArray<float>());
    }

    [Theory]
    [InlineData("magnitude 0.2 token", 4 * 2, 3)]
    [InlineData("magnitude 0.2 sample", 2, 12)]
    [InlineData("magnitude 0.2 batch", 1, 25)]
    public void The_largest_values_are_kept(string neurons, int groups, int kept)
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(9, tokens: 6, lengths: [6, 4]);
        SelectedHiddenState selected = HiddenStateSelector.Select(new(2, TokenSelection.LeftFirst(4), NeuronSelection.Parse(neurons)), source);
        float[] all = source.Output.HiddenStates[2].Narrow(1, 0, 4).ToArray<float>(), left = selected.Values.ToArray<float>();
        foreach ((float[] before, float[] after) in all.Chunk(all.Length / groups).Zip(left.Chunk(all.Length / groups)))
        {
            float threshold = before.Select(Math.Abs).OrderDescending().ElementAt(kept - 1);
            Assert.Equal(before.Select(v => Math.Abs(v) >= threshold ? v : 0), after);
        }
    }

    [Fact]
    public void A_sample_with_few_tokens_keeps_its_share_of_them()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(9, tokens: 6, lengths: [6, 2]);
        SelectedHiddenState selected = HiddenStateSelector.Select(new(2, TokenSelection.LeftFirst(5), NeuronSelection.Magnitude(0.25)), source);
        Tensor kept = selected.KeptNeurons!.To(DType.Int64);
        Assert.Equal(20, kept.Select(0, 0).Sum().ToScalar());
        Assert.Equal(8, kept.Select(0, 1).Sum().ToScalar());
        Assert.Equal(0, kept.Select(0, 1).Narrow(0, 2, 3).Sum().ToScalar());
    }

    [Fact]
    public void Static_neurons_are_the_same_for_every_token()
    {
        Assert.Equal([0, 3, 7, 10, 13, 17, 20], NeuronSelection.Uniform(0.3).Static(24)!);
        int[] random = NeuronSelection.Random(0.1, seed: 7).Static(768)!;
        Assert.Equal(76, random.Distinct().Count());
        Assert.Equal(random.Order(), random);
        Assert.Equal(random, NeuronSelection.Random(0.1, seed: 7).Static(768));
        Assert.NotEqual(random, NeuronSelection.Random(0.1, seed: 8).Static(768));
        Assert.Single(NeuronSelection.Random(0.001).Static(24)!);
        for (int percent = 1; percent <= 100; percent++)
        {
            int[] uniform = NeuronSelection.Uniform(percent / 100.0).Static(768)!;
            Assert.Equal(uniform.Distinct(), uniform);
            Assert.InRange(uniform[^1], 0, 767);
        }
    }

    [Theory]
    [InlineData("all", 768 * 10)]
    [InlineData("uniform 0.1", 76 * 10)]
    [InlineData("magnitude 0.1 token", 76 * 10)]
    [InlineData("magnitude 0.1 sample", 768)]
    public void The_number_of_values_is_known_beforehand(string neurons, long values)
    {
        Assert.Equal(values, new HiddenStateRequest(8, TokenSelection.LeftFirst(10), NeuronSelection.Parse(neurons)).ValuesPerText(64, 768));
        Assert.True(new HiddenStateRequest(8, TokenSelection.LeftFirst(10), NeuronSelection.Parse(neurons)).ValuesPerText(5, 768) <= values / 2 + 1);
    }
}
