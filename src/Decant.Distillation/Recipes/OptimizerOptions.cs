using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Recipes;

/// <summary>The optimiser, its schedule and its clipping. Defaults are those of the BertAdam that PKD, TinyBERT and Marginal Utility use.</summary>
public sealed record OptimizerOptions
{
    /// <summary><c>bertAdam</c> (no bias correction) or <c>adamW</c> (with it). Default: bertAdam.</summary>
    public OptimizerName Name { get; init; } = OptimizerName.BertAdam;

    /// <summary>Peak learning rate, above 0 up to 1. Default: 5e-5 (PKD code). Small widths want more: 3e-4 at width 192.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>Share of the updates over which the rate rises from 0, 0 up to but not 1. Default: 0.1 (PKD code).</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Warmup { get; init; } = 0.1;

    /// <summary><c>linear</c>, <c>constant</c>, <c>warmupConstant</c> or <c>cosine</c>. Default: linear (PKD code).</summary>
    public ScheduleName Schedule { get; init; } = ScheduleName.Linear;

    /// <summary>Decoupled weight decay of all but biases and LayerNorm, 0 to 1. Default: 0.01 (hard-coded in the papers' code).</summary>
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Greatest L2 norm of a gradient; 0 switches clipping off. Default: 1 (BertAdam).</summary>
    [Range(0.0, 1e9)]
    public double Clip { get; init; } = 1.0;

    /// <summary>Clip each tensor by its own norm (<c>perTensor</c>) or all by their common one (<c>global</c>). Default: perTensor (BertAdam).</summary>
    public ClipMode ClipMode { get; init; } = ClipMode.PerTensor;

    /// <summary>Added to the root of the second moment, above 0 up to 0.1. Default: 1e-6 (BertAdam).</summary>
    [Range(0.0, 0.1, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Decay rates of the first and second moment, each 0 up to but not 1. Default: [0.9, 0.999] (BertAdam).</summary>
    [Length(2, 2), Range(0.0, 1.0, MaximumIsExclusive = true)]
    public ValueList<double> Betas { get; init; } = [0.9, 0.999];
}

/// <summary>An optimiser.</summary>
public enum OptimizerName
{
    /// <summary>Adam with decoupled decay and without bias correction, as released with BERT.</summary>
    BertAdam,
    /// <summary>Adam with decoupled decay and bias correction (Loshchilov and Hutter 2019).</summary>
    AdamW,
}

/// <summary>What gradient clipping takes the norm of.</summary>
public enum ClipMode
{
    /// <summary>Each parameter tensor alone (BertAdam).</summary>
    PerTensor,
    /// <summary>All gradients together.</summary>
    Global,
}

/// <summary>How the learning rate goes with the updates.</summary>
public enum ScheduleName
{
    /// <summary>Up from 0 over the warm-up, then down to 0 (BertAdam's <c>warmup_linear</c>).</summary>
    Linear,
    /// <summary>The peak rate throughout; warm-up is ignored (BertAdam's <c>none</c>).</summary>
    Constant,
    /// <summary>Up from 0 over the warm-up, then the peak rate (<c>warmup_constant</c>).</summary>
    WarmupConstant,
    /// <summary>Up from 0 over the warm-up, then half a cosine wave down to 0.</summary>
    Cosine,
}
