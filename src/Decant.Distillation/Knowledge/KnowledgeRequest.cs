using System.Collections.Immutable;
using Decant.Models;

namespace Decant.Distillation.Knowledge;

/// <summary>What an objective needs to know of the teacher, as data. Requests add up with <c>+</c>, so that the teacher runs once for all of them.</summary>
public sealed record KnowledgeRequest
{
    /// <summary>Nothing: the objective needs no teacher.</summary>
    public static KnowledgeRequest None { get; } = new();

    /// <summary>Whether the logits are wanted: [sequences, outputs].</summary>
    public bool Logits { get; init; }

    /// <summary>Whether the pooled output is wanted: [sequences, hidden].</summary>
    public bool Pooled { get; init; }

    /// <summary>The hidden states that are wanted.</summary>
    public ImmutableHashSet<HiddenStateRequest> HiddenStates { get; init; } = [];

    /// <summary>Layers (from 1) whose attention scores are wanted: before the softmax, mask added, [sequences, heads, tokens, tokens].</summary>
    public ImmutableSortedSet<int> AttentionScores { get; init; } = [];

    /// <summary>Layers (from 1) whose attention probabilities are wanted: [sequences, heads, tokens, tokens].</summary>
    public ImmutableSortedSet<int> AttentionProbabilities { get; init; } = [];

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsEmpty => !Logits && !Pooled && HiddenStates.IsEmpty && AttentionScores.IsEmpty && AttentionProbabilities.IsEmpty;

    /// <summary>Everything that either request asks for.</summary>
    public static KnowledgeRequest operator +(KnowledgeRequest a, KnowledgeRequest b) => new()
    {
        Logits = a.Logits || b.Logits,
        Pooled = a.Pooled || b.Pooled,
        HiddenStates = a.HiddenStates.Union(b.HiddenStates),
        AttentionScores = a.AttentionScores.Union(b.AttentionScores),
        AttentionProbabilities = a.AttentionProbabilities.Union(b.AttentionProbabilities),
    };

    /// <summary>What a running model has to hand out to answer this request.</summary>
    public OutputRequest ToOutputRequest() => HiddenStates.Aggregate(
        new OutputRequest { Logits = Logits, Pooled = Pooled, AttentionScores = AttentionScores, AttentionProbabilities = AttentionProbabilities },
        (sum, state) => sum + state.ToOutputRequest());

    /// <summary>The request in words, for <c>decant plan</c>.</summary>
    public string Describe()
    {
        var parts = new List<string>();
        if (Logits) parts.Add("logits");
        if (Pooled) parts.Add("pooled output");
        foreach (var part in HiddenStates.GroupBy(h => (h.Tokens, h.Neurons, h.WithPadding)).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal))
            parts.Add(Describe(part.Key.Tokens, part.Key.Neurons) + (part.Key.WithPadding ? ", padding included," : "") + $" of hidden states {string.Join(", ", part.Select(h => h.Layer).Order())}");
        if (!AttentionScores.IsEmpty) parts.Add($"attention scores of layers {string.Join(", ", AttentionScores)}");
        if (!AttentionProbabilities.IsEmpty) parts.Add($"attention probabilities of layers {string.Join(", ", AttentionProbabilities)}");
        return parts.Count == 0 ? "nothing" : string.Join("; ", parts);
    }

    private static string Describe(TokenSelection tokens, NeuronSelection neurons) =>
        neurons == NeuronSelection.All ? tokens.Describe() : $"{tokens.Describe()} × {neurons.Describe()}";
}
