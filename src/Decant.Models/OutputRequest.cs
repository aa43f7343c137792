using System.Collections.Immutable;

namespace Decant.Models;

/// <summary>
/// What a model's forward pass is to hand out: its logits, unless told otherwise, and what is named besides. Nothing that is not asked for is
/// kept, or computed where it can be left out; layers behind the last that is needed are not run.
/// Layers are hidden-state indices: 0 is the embedding output, l the output of transformer layer l. Requests add up with <c>+</c>.
/// </summary>
public sealed record OutputRequest
{
    private static readonly ImmutableSortedSet<int> none = [];

    /// <summary>Nothing but the logits.</summary>
    public static OutputRequest LogitsOnly { get; } = new();

    /// <summary>Nothing, not even the logits: the start of a sum.</summary>
    public static OutputRequest Nothing { get; } = new() { Logits = false };

    /// <summary>Whether the logits are wanted. Default: true.</summary>
    public bool Logits { get; init; } = true;

    /// <summary>Layers whose hidden states are wanted for all tokens: [batch, tokens, hidden].</summary>
    public ImmutableSortedSet<int> HiddenStates { get; init; } = none;

    /// <summary>Layers whose first token ([CLS]) is wanted: [batch, hidden].</summary>
    public ImmutableSortedSet<int> ClsStates { get; init; } = none;

    /// <summary>Transformer layers (from 1) whose attention scores are wanted: before the softmax, mask added, [batch, heads, tokens, tokens].</summary>
    public ImmutableSortedSet<int> AttentionScores { get; init; } = none;

    /// <summary>Transformer layers (from 1) whose attention probabilities are wanted: before dropout, [batch, heads, tokens, tokens].</summary>
    public ImmutableSortedSet<int> AttentionProbabilities { get; init; } = none;

    /// <summary>Transformer layers (from 1) whose own classifier's logits are wanted, [batch, outputs]: FastBERT's branches.</summary>
    public ImmutableSortedSet<int> BranchLogits { get; init; } = none;

    /// <summary>Whether the pooled output is wanted: [batch, hidden].</summary>
    public bool Pooled { get; init; }

    /// <summary>
    /// The tokens of the model's last layer that its hidden state is wanted for; null for all. A model need not keep to it:
    /// <see cref="ModelOutput.LastTokensAlone"/> tells. A sum asks for all again.
    /// </summary>
    public TokenPositions? LastTokens { get; init; }

    /// <summary>Everything that either request asks for.</summary>
    public static OutputRequest operator +(OutputRequest a, OutputRequest b) => new()
    {
        Logits = a.Logits || b.Logits,
        HiddenStates = a.HiddenStates.Union(b.HiddenStates),
        ClsStates = a.ClsStates.Union(b.ClsStates),
        AttentionScores = a.AttentionScores.Union(b.AttentionScores),
        AttentionProbabilities = a.AttentionProbabilities.Union(b.AttentionProbabilities),
        BranchLogits = a.BranchLogits.Union(b.BranchLogits),
        Pooled = a.Pooled || b.Pooled,
    };

    /// <summary>The last layer that has to be run: all of them for logits or pooled output, else the deepest that is named.</summary>
    /// <param name="layers">How many the model has.</param>
    /// <returns>0 (the embeddings alone) to <paramref name="layers"/>.</returns>
    public int LastLayer(int layers) => Logits || Pooled
        ? layers
        : new[] { HiddenStates, ClsStates, AttentionScores, AttentionProbabilities, BranchLogits }.Max(named => named.IsEmpty ? 0 : named.Max);

    /// <summary>Whether of the last layer nothing but its attention is wanted, so that what comes after its attention can be left out.</summary>
    /// <param name="layer">What <see cref="LastLayer"/> gave.</param>
    internal bool EndsWithAttention(int layer) =>
        layer > 0 && !Logits && !Pooled && !HiddenStates.Contains(layer) && !ClsStates.Contains(layer) && !BranchLogits.Contains(layer);

    /// <summary>The request for some sequences of the batch.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    internal OutputRequest Rows(long first, long count) => LastTokens is null ? this : this with { LastTokens = LastTokens.Rows(first, count) };

    /// <summary>Whether layer <paramref name="layer"/> must be computed for every token rather than for [CLS] and <see cref="LastTokens"/> alone.</summary>
    /// <param name="layer">From 1.</param>
    public bool NeedsAllTokens(int layer) =>
        (HiddenStates.Contains(layer) && LastTokens is null) || AttentionScores.Contains(layer) || AttentionProbabilities.Contains(layer);
}
