using Decant.Models;
using Decant.Torch;

namespace Decant.Distillation.Knowledge;

/// <summary>The answer to a <see cref="HiddenStateRequest"/> for one batch.</summary>
public sealed record SelectedHiddenState
{
    /// <summary>The selected tokens, [sequences, width, hidden]; 0 for neurons that are not kept and for tokens beyond <see cref="Counts"/>.</summary>
    public required Tensor Values { get; init; }

    /// <summary>Where the tokens stand, rising, [sequences × width]; null for all positions in order. Real tokens come before padding.</summary>
    public int[]? Positions { get; init; }

    /// <summary>
    /// In what order attention chose the tokens, [sequences × width]: 0 for the one with most attention; filler comes last. Null where attention
    /// did not choose.
    /// </summary>
    public int[]? Ranks { get; init; }

    /// <summary>How many of the leading tokens of each sequence count, up to width; null when all do. The rest is filler, with positions of padding.</summary>
    public int[]? Counts { get; init; }

    /// <summary>Which values were kept: Bool [hidden], the same for all tokens, or [sequences, width, hidden]; null for all.</summary>
    public Tensor? KeptNeurons { get; init; }

    /// <summary>The answer for [CLS] with all neurons.</summary>
    /// <param name="states">[sequences, hidden]</param>
    public static SelectedHiddenState OfCls(Tensor states) => new() { Values = states.Unsqueeze(1), Positions = new int[states.Size(0)] };

    /// <summary>The same tokens of another hidden state of the batch, the student's say.</summary>
    /// <param name="state">[sequences, tokens, any width]</param>
    /// <returns>[sequences, width, any width]</returns>
    public Tensor TakeFrom(Tensor state) => TakeTokens(state, Positions);

    /// <summary>1 where a token counts and 0 elsewhere, Float32 [sequences, width]; null when all count.</summary>
    public Tensor? CountedTokens()
    {
        if (Counts is null) return null;
        return 1 - Beyond(Counts, Values.Size(1), Values.Device).To(DType.Float32);
    }

    /// <summary>Tokens that count.</summary>
    public long CountedTotal => Counts is null ? Values.Size(0) * Values.Size(1) : Counts.Sum(c => (long)c);

    /// <summary>Tokens by their positions.</summary>
    /// <param name="state">[sequences, tokens, hidden]</param>
    /// <param name="positions">[sequences × width]; null for all.</param>
    internal static Tensor TakeTokens(Tensor state, int[]? positions) =>
        positions is null ? state : new TokenPositions(positions, (int)state.Size(0)).TakeFrom(state);

    /// <summary>True for tokens that do not count, Bool [sequences, width].</summary>
    internal static Tensor Beyond(int[] counts, long width, Device device)
    {
        var beyond = new bool[counts.Length * width];
        for (int row = 0; row < counts.Length; row++) beyond.AsSpan((int)(row * width) + counts[row], (int)width - counts[row]).Fill(true);
        return Tensor.From(beyond, counts.Length, width).To(device);
    }
}
