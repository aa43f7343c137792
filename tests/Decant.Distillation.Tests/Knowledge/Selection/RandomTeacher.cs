using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Selection;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Knowledge.Selection;

/// <summary>Outputs of a teacher of 12 layers × 16 as random numbers, for texts that end with [SEP].</summary>
internal static class RandomTeacher
{
    public const int Layers = 12, Hidden = 16, Heads = 2, Separator = 102;

    public static TeacherShape Shape { get; } = new(Layers, Hidden, 2);

    public static SelectionSource Make(int seed, int tokens, int[] lengths)
    {
        var random = new RandomStream((ulong)seed, "teacher");
        var states = Enumerable.Range(0, Layers + 1).ToDictionary(l => l, _ => Normal(random, lengths.Length, tokens, Hidden));
        var scores = Enumerable.Range(1, Layers).ToDictionary(l => l, _ => Normal(random, lengths.Length, Heads, tokens, tokens));
        return new SelectionSource(Output(states, scores), Batch(tokens, lengths), Separator);
    }

    /// <summary>The same outputs with less padding.</summary>
    public static SelectionSource Shorten(SelectionSource source, int tokens) => source with
    {
        Output = Output(
            source.Output.HiddenStates.ToDictionary(s => s.Key, s => s.Value.Narrow(1, 0, tokens)),
            source.Output.AttentionScores.ToDictionary(s => s.Key, s => s.Value.Narrow(2, 0, tokens).Narrow(3, 0, tokens)),
            source.Output.AttentionProbabilities.ToDictionary(s => s.Key, s => s.Value.Narrow(2, 0, tokens).Narrow(3, 0, tokens))),
        Tokens = Batch(tokens, source.Tokens.Lengths),
    };

    /// <summary>The same outputs with other numbers wherever there is padding.</summary>
    public static ModelOutput DisturbPadding(SelectionSource source)
    {
        TokenBatch batch = source.Tokens;
        bool[] padding = [.. from length in batch.Lengths from j in Enumerable.Range(0, batch.Length) select j >= length];
        Tensor mask = Tensor.From(padding, batch.Sequences, batch.Length);
        return Output(
            source.Output.HiddenStates.ToDictionary(s => s.Key, s => s.Value.MaskedFill(mask.Unsqueeze(2), 1234.5)),
            source.Output.AttentionScores.ToDictionary(s => s.Key, s => s.Value.MaskedFill(mask.Reshape(batch.Sequences, 1, 1, batch.Length), 777)));
    }

    public static Tensor Normal(RandomStream random, params long[] shape)
    {
        Tensor tensor = Tensor.Empty(shape);
        random.FillNormal(tensor.Span<float>(), 1);
        return tensor;
    }

    private static ModelOutput Output(Dictionary<int, Tensor> states, Dictionary<int, Tensor> scores, Dictionary<int, Tensor>? probabilities = null) => new()
    {
        Logits = Tensor.Zeros([states[0].Size(0), 2]),
        HiddenStates = states,
        ClsStates = states.ToDictionary(s => s.Key, s => s.Value.Select(1, 0)),
        AttentionScores = scores,
        AttentionProbabilities = probabilities ?? scores.ToDictionary(s => s.Key, s => s.Value.Softmax()),
    };

    private static TokenBatch Batch(int tokens, int[] lengths) => new()
    {
        Examples = lengths.Length, Choices = 1, Length = tokens,
        InputIds = [.. from length in lengths from j in Enumerable.Range(0, tokens) select j == 0 ? 101 : j == length - 1 || j == length / 2 ? Separator : j < length ? 1000 + j : 0],
        TokenTypeIds = new int[lengths.Length * tokens], Lengths = lengths,
        ExampleIndices = [.. Enumerable.Range(0, lengths.Length)], ExampleIds = [.. Enumerable.Range(0, lengths.Length).Select(e => $"{e}")],
        ClassLabels = new int[lengths.Length],
    };
}
