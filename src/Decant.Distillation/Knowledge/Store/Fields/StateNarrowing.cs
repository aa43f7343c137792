using Decant.Distillation.Knowledge.Selection;
using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>Answers a request for less than what a field holds: fewer tokens, fewer neurons, or both.</summary>
internal static class StateNarrowing
{
    /// <summary>Whether everything that is wanted is there.</summary>
    /// <param name="stored">What a field holds.</param>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="hidden">Width of the teacher.</param>
    public static bool Covers(HiddenStateRequest stored, HiddenStateRequest wanted, int hidden) =>
        stored == wanted || (stored.Layer == wanted.Layer && wanted.WhyOnlineOnly is null
            && CoversTokens(stored.Tokens, wanted.Tokens) && CoversNeurons(stored, wanted, hidden));

    /// <summary>Cuts an answer down.</summary>
    /// <param name="state">The answer to what is stored.</param>
    /// <param name="stored">What is stored.</param>
    /// <param name="wanted">What is asked for; covered by it.</param>
    /// <param name="batch">The batch.</param>
    public static SelectedHiddenState Cut(SelectedHiddenState state, HiddenStateRequest stored, HiddenStateRequest wanted, TokenBatch batch)
    {
        if (stored == wanted) return state;
        if (stored.Tokens == wanted.Tokens) return HiddenStateSelector.Cut(wanted, state.Values, state.Positions, state.Counts, state.Ranks);
        if (wanted.Tokens is AttentionTokens) return CutRanked(state, wanted, batch);
        // All tokens and the leftmost ones stand at their own positions, so positions in the text are indices of the state.
        int[] positions = wanted.Tokens.Positions(new SelectionSource(null!, batch, null))!;
        int[]? counts = wanted.Tokens == TokenSelection.Cls ? null : HiddenStateSelector.Counts(batch, positions.Length / batch.Sequences);
        return HiddenStateSelector.Cut(wanted, SelectedHiddenState.TakeTokens(state.Values, positions), positions, counts);
    }

    // The tokens of the best ranks: those that the running teacher would choose, and in short texts the filler that it would take.
    private static SelectedHiddenState CutRanked(SelectedHiddenState state, HiddenStateRequest wanted, TokenBatch batch)
    {
        int[] storedRanks = state.Ranks!, storedPositions = state.Positions!;
        int rows = batch.Sequences, stored = storedRanks.Length / rows, width = Math.Min(wanted.Tokens.Count!.Value, batch.Length), at = 0;
        int[] taken = new int[rows * width], positions = new int[taken.Length], ranks = new int[taken.Length];
        for (int i = 0; i < storedRanks.Length; i++)
            if (storedRanks[i] < width) (taken[at], positions[at], ranks[at++]) = (i % stored, storedPositions[i], storedRanks[i]);
        int[]? counts = HiddenStateSelector.Counts(batch, width);
        return HiddenStateSelector.Cut(wanted, SelectedHiddenState.TakeTokens(state.Values, taken), positions, counts, ranks);
    }

    private static bool CoversTokens(TokenSelection stored, TokenSelection wanted) =>
        stored == wanted || (stored, wanted) switch
        {
            (AllTokens, ClsToken or LeftFirstTokens or RightFirstTokens) => true,
            (LeftFirstTokens, ClsToken) => true,
            (LeftFirstTokens, LeftFirstTokens) => wanted.Count <= stored.Count,
            (AttentionTokens, AttentionTokens) => wanted.Count <= stored.Count && stored.WithCount(wanted.Count!.Value) == wanted,
            _ => false,
        };

    // What was ranked over a sample's tokens is not what would be ranked over fewer of them.
    private static bool CoversNeurons(HiddenStateRequest stored, HiddenStateRequest wanted, int hidden) =>
        (stored.Neurons, wanted.Neurons) switch
        {
            (AllNeurons, _) => true,
            (MagnitudeNeurons have, MagnitudeNeurons want) => have.Scope == want.Scope && want.Fraction <= have.Fraction
                && (stored.Tokens == wanted.Tokens || have.Scope == MagnitudeScope.Token),
            var (have, want) => have.Static(hidden) is { } there && want.Static(hidden) is { } needed && !needed.Except(there).Any(),
        };
}
