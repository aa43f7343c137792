using Decant.Torch;

namespace Decant.Models;

/// <summary>Some tokens of each sequence of a batch, as many of each.</summary>
public sealed class TokenPositions
{
    private readonly int[] positions;  // [sequences × width]

    /// <summary>Names the tokens.</summary>
    /// <param name="positions">[sequences × width], from 0.</param>
    /// <param name="sequences">Sequences of the batch.</param>
    public TokenPositions(int[] positions, int sequences)
    {
        if (sequences < 1 || positions.Length % sequences != 0) throw new ArgumentException($"{positions.Length} positions are not as many for each of {sequences} sequences.");
        (this.positions, Sequences) = (positions, sequences);
    }

    /// <summary>Sequences of the batch.</summary>
    public int Sequences { get; }

    /// <summary>Tokens of each sequence.</summary>
    public int Width => positions.Length / Sequences;

    /// <summary>The tokens of one sequence.</summary>
    /// <param name="sequence">From 0.</param>
    public ReadOnlySpan<int> Of(int sequence) => positions.AsSpan(sequence * Width, Width);

    /// <summary>Their states.</summary>
    /// <param name="state">[sequences, tokens, hidden]</param>
    /// <returns>[sequences, width, hidden]</returns>
    public Tensor TakeFrom(Tensor state)
    {
        long tokens = state.Size(1), hidden = state.Size(2);
        var flat = new long[positions.Length];
        for (int i = 0; i < flat.Length; i++) flat[i] = i / Width * tokens + positions[i];
        return state.Reshape(Sequences * tokens, hidden).IndexSelect(0, Tensor.From(flat, flat.Length).To(state.Device)).Reshape(Sequences, Width, hidden);
    }

    /// <summary>Those of some sequences.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    public TokenPositions Rows(long first, long count) => new(positions.AsSpan((int)first * Width, (int)count * Width).ToArray(), (int)count);
}
