using System.Diagnostics.CodeAnalysis;
using Decant.Torch;

namespace Decant.Models;

/// <summary>What a forward pass gave: the logits and what the <see cref="OutputRequest"/> asked for.</summary>
public sealed class ModelOutput
{
    private readonly Tensor? logits;

    /// <summary>Logits, [batch, outputs] (classification) or [batch, tokens, vocabulary] (masked LM).</summary>
    /// <exception cref="InvalidOperationException">They were not asked for.</exception>
    [AllowNull]
    public required Tensor Logits
    {
        get => logits ?? throw new InvalidOperationException("The logits were used but not asked for: set OutputRequest.Logits.");
        init => logits = value;
    }

    /// <summary>Transformer layers that were run, one of which only the attention was needed among them. 0 where a model does not count them.</summary>
    public int LayersRun { get; init; }

    /// <summary>Whether the hidden state of the last layer has the tokens of <see cref="OutputRequest.LastTokens"/> alone.</summary>
    public bool LastTokensAlone { get; init; }

    /// <summary>Hidden states of all tokens by layer: [batch, tokens, hidden].</summary>
    public IReadOnlyDictionary<int, Tensor> HiddenStates { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>[CLS] states by layer: [batch, hidden].</summary>
    public IReadOnlyDictionary<int, Tensor> ClsStates { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>Attention scores by layer (from 1): [batch, heads, tokens, tokens].</summary>
    public IReadOnlyDictionary<int, Tensor> AttentionScores { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>Attention probabilities by layer (from 1): [batch, heads, tokens, tokens].</summary>
    public IReadOnlyDictionary<int, Tensor> AttentionProbabilities { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>Logits of the layers' own classifiers by layer (from 1): [batch, outputs]. Only FastBERT has them.</summary>
    public IReadOnlyDictionary<int, Tensor> BranchLogits { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>Pooled output, [batch, hidden], where it was asked for.</summary>
    public Tensor? Pooled { get; init; }

    /// <summary>The same outputs with another tensor in the place of each.</summary>
    /// <param name="change">Is called once for each tensor, always in the same order.</param>
    internal ModelOutput Map(Func<Tensor, Tensor> change) => new()
    {
        Logits = logits is null ? null : change(logits),
        LayersRun = LayersRun,
        LastTokensAlone = LastTokensAlone,
        HiddenStates = Map(HiddenStates, change),
        ClsStates = Map(ClsStates, change),
        AttentionScores = Map(AttentionScores, change),
        AttentionProbabilities = Map(AttentionProbabilities, change),
        BranchLogits = Map(BranchLogits, change),
        Pooled = Pooled is null ? null : change(Pooled),
    };

    private static Dictionary<int, Tensor> Map(IReadOnlyDictionary<int, Tensor> tensors, Func<Tensor, Tensor> change) =>
        tensors.OrderBy(t => t.Key).ToDictionary(t => t.Key, t => change(t.Value));
}
