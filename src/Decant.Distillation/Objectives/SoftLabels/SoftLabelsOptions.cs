using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Objectives.SoftLabels;

/// <summary>Options of <see cref="SoftLabelsObjective"/>.</summary>
public sealed record SoftLabelsOptions
{
    /// <summary>Factor of the loss, from 0. Default: 0.5; PKD searches 0.2, 0.5 and 0.7 with 1 − that for the hard labels.</summary>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 0.5;

    /// <summary>Temperature T of both softmaxes, above 0. Default: 10; PKD searches 5, 10 and 20.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 10;

    /// <summary><c>batchMean</c> divides by the examples (Hinton et al. 2015), <c>meanAll</c> by examples × classes (released PKD and TinyBERT code). Default: batchMean.</summary>
    public SoftReduction Reduction { get; init; } = SoftReduction.BatchMean;

    /// <summary>Multiply by T², so that gradients keep their size when T changes (Hinton et al. 2015; released PKD code). Default: true. TinyBERT does not.</summary>
    public bool TemperatureSquared { get; init; } = true;

    /// <summary><c>kl</c>: divergence from the teacher; <c>crossEntropy</c>: with the teacher's entropy left in (TinyBERT). The gradients are the same. Default: kl.</summary>
    public SoftForm Form { get; init; } = SoftForm.Kl;
}

/// <summary>What the sum over examples and classes is divided by.</summary>
public enum SoftReduction
{
    /// <summary>The examples.</summary>
    BatchMean,
    /// <summary>Examples × classes.</summary>
    MeanAll,
}

/// <summary>How the two distributions are compared.</summary>
public enum SoftForm
{
    /// <summary>Σ p_t log (p_t / p_s).</summary>
    Kl,
    /// <summary>−Σ p_t log p_s.</summary>
    CrossEntropy,
}
