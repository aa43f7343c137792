using System.ComponentModel.DataAnnotations;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Recipes;

namespace Decant.Distillation.Objectives.HiddenStates;

/// <summary>Options of <see cref="HiddenStatesObjective"/>.</summary>
public sealed record HiddenStatesOptions : IRecipeRules
{
    /// <summary>Factor of the loss, from 0. Default: 1 (Marginal Utility, TinyBERT).</summary>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Depth: which teacher layer teaches which student layer, such as <c>t_top10</c> or <c>t_top8 keep 1</c>; <c>keep</c> counts the embeddings as a layer.
    /// Default: uniform (the baseline of Marginal Utility, t_top12 of a 12-layer teacher).
    /// </summary>
    public LayerMapRule Layers { get; init; } = LayerMapRule.Uniform;

    /// <summary>
    /// Length: <c>all</c>, <c>cls</c>, <c>leftFirst 10</c>, <c>rightFirst 10</c>, <c>attention 10</c> or <c>attentionNoSep 10</c>,
    /// the last two also with <c>by probabilities</c>. Default: all.
    /// </summary>
    public TokenSelection Tokens { get; init; } = TokenSelection.All;

    /// <summary>
    /// Width: <c>all</c>, <c>random 0.1</c>, <c>uniform 0.1</c> or <c>magnitude 0.1</c>, the last also with <c>token</c> or <c>batch</c>
    /// (the released code; online only). Default: all.
    /// </summary>
    public NeuronSelection Neurons { get; init; } = NeuronSelection.All;

    /// <summary>
    /// All three numbers at once: <c>1l_10t_0.1h</c> keeps the highest layer, 10 tokens and a tenth of the neurons, whatever numbers stand above.
    /// Where tokens or neurons are <c>all</c> it takes <c>attentionNoSep</c> and <c>magnitude</c>, which the paper found best. Default: none.
    /// </summary>
    public HiddenStateCut? Config { get; init; }

    /// <summary>
    /// Whose attention ranks tokens for student layer j of k: <c>uniform</c>, teacher layer N·j/k whatever layer teaches (the released code's default),
    /// or <c>matching</c>, the layer that teaches. Default: uniform.
    /// </summary>
    public AttentionLayers AttentionLayers { get; init; } = AttentionLayers.Uniform;

    /// <summary>
    /// The trained linear layer from the student's width to the teacher's, one for all layers: <c>auto</c>, where widths differ,
    /// or <c>always</c> (TinyBERT, for students of the teacher's width too). Default: auto.
    /// </summary>
    public ProjectionMode Projection { get; init; } = ProjectionMode.Auto;

    /// <summary>
    /// What the projection starts from: <c>auto</c>, the <c>fit_dense</c> of the student's checkpoint where it has one of these widths (TinyBERT's first
    /// general models), or <c>new</c>, drawn from Normal(0, 0.02). Default: auto (TinyBERT and Marginal Utility code).
    /// </summary>
    public ProjectionStart ProjectionStart { get; init; } = ProjectionStart.Auto;

    /// <summary>Compare the kept neurons alone. Default: false (the released code, which pulls the student's other neurons towards 0).</summary>
    public bool MaskStudent { get; init; }

    /// <summary>Leave padding out. Default: true; false repeats the released code, which compares padding too, and needs a running teacher.</summary>
    public bool MaskPadding { get; init; } = true;

    /// <summary>The layer map after <see cref="Config"/>.</summary>
    public LayerMapRule EffectiveLayers => Config is null ? Layers : Layers.KeepTop(Config.Layers);

    /// <summary>The tokens after <see cref="Config"/>.</summary>
    public TokenSelection EffectiveTokens => Config is null ? Tokens
        : Tokens == TokenSelection.All ? TokenSelection.Attention(Config.Tokens, withoutSeparators: true)
        : Tokens.WithCount(Config.Tokens);

    /// <summary>The neurons after <see cref="Config"/>.</summary>
    public NeuronSelection EffectiveNeurons => Config is null ? Neurons
        : Config.Neurons == 1 ? NeuronSelection.All
        : Neurons == NeuronSelection.All ? NeuronSelection.Magnitude(Config.Neurons)
        : Neurons.WithFraction(Config.Neurons);

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (Config is { Tokens: > 1 } && Tokens == TokenSelection.Cls)
            yield return new("config", $"keeps {Config.Tokens} tokens, but tokens is cls, which is one; leave one of them out");
    }
}

/// <summary>Whose attention ranks tokens.</summary>
public enum AttentionLayers
{
    /// <summary>Teacher layer N·j/k for student layer j of k, whatever layer teaches it; the first layer for the embeddings.</summary>
    Uniform,
    /// <summary>The teacher layer that teaches; the first layer for the embeddings.</summary>
    Matching,
}

/// <summary>What a projection starts from.</summary>
public enum ProjectionStart
{
    /// <summary>The one in the student's checkpoint, where there is one that fits.</summary>
    Auto,
    /// <summary>New weights.</summary>
    New,
}

/// <summary>When the student's states pass a trained linear layer.</summary>
public enum ProjectionMode
{
    /// <summary>Where student and teacher differ in width.</summary>
    Auto,
    /// <summary>Always.</summary>
    Always,
}
