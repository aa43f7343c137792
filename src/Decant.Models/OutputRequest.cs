using System.Collections.Immutable;

namespace Decant.Models;

/// <summary>
/// What a model's forward pass is to hand out besides its logits. Nothing that is not asked for is kept, or computed where it can be left out.
/// Layers are hidden-state indices: 0 is the embedding output, l the output of transformer layer l. Requests add up with <c>+</c>.
/// </summary>
public sealed record OutputRequest
{
    private static readonly ImmutableSortedSet<int> none = [];

    /// <summary>Nothing but the logits.</summary>
    public static OutputRequest LogitsOnly { get; } = new();

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

    /// <summary>Everything that either request asks for.</summary>
    public static OutputRequest operator +(OutputRequest a, OutputRequest b) => new()
    {
        HiddenStates = a.HiddenStates.Union(b.HiddenStates),
        ClsStates = a.ClsStates.Union(b.ClsStates),
        AttentionScores = a.AttentionScores.Union(b.AttentionScores),
        AttentionProbabilities = a.AttentionProbabilities.Union(b.AttentionProbabilities),
        BranchLogits = a.BranchLogits.Union(b.BranchLogits),
        Pooled = a.Pooled || b.Pooled,
    };

    /// <summary>Whether layer <paramref name="layer"/> must be computed for every token rather than for [CLS] alone.</summary>
    /// <param name="layer">From 1.</param>
    public bool NeedsAllTokens(int layer) =>
        HiddenStates.Contains(layer) || AttentionScores.Contains(layer) || AttentionProbabilities.Contains(layer);
}
