using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>What the encoder hands to a head.</summary>
public sealed class BertEncoderOutput
{
    internal Dictionary<int, Tensor> HiddenStates { get; } = [];
    internal Dictionary<int, Tensor> ClsStates { get; } = [];
    internal Dictionary<int, Tensor> AttentionScores { get; } = [];
    internal Dictionary<int, Tensor> AttentionProbabilities { get; } = [];

    /// <summary>Transformer layers that were run.</summary>
    internal int LayersRun { get; set; }

    /// <summary>The tokens that the last layer was computed for; null for all of them, or [CLS] alone.</summary>
    internal LastLayerTokens? LastTokens { get; set; }

    /// <summary>Output of the last layer that was run: [batch, tokens, hidden], or [batch, 1, hidden] when only [CLS] was needed.</summary>
    public Tensor Last { get; internal set; } = null!;

    /// <summary>tanh(W [CLS] + b), [batch, hidden]; null without a pooler, and where neither it nor the logits were asked for.</summary>
    public Tensor? Pooled { get; internal set; }

    internal void Take(OutputRequest request, int layer, Tensor hidden)
    {
        if (request.HiddenStates.Contains(layer)) HiddenStates[layer] = LastTokens?.TakeWanted(hidden) ?? hidden;
        if (request.ClsStates.Contains(layer)) ClsStates[layer] = hidden.Select(1, 0);
    }

    internal ModelOutput With(Tensor? logits, OutputRequest request, IReadOnlyDictionary<int, Tensor>? branches = null) => new()
    {
        Logits = logits,
        LayersRun = LayersRun,
        LastTokensAlone = LastTokens is not null,
        HiddenStates = HiddenStates,
        ClsStates = ClsStates,
        BranchLogits = branches ?? new Dictionary<int, Tensor>(),
        AttentionScores = AttentionScores,
        AttentionProbabilities = AttentionProbabilities,
        Pooled = request.Pooled ? Pooled : null,
    };
}
