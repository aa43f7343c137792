using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Objectives.MaskedLanguageModel;

/// <summary>Options of <see cref="MaskedLanguageModelObjective"/>.</summary>
public sealed record MaskedLanguageModelOptions
{
    /// <summary>Factor of the loss, from 0. Default: 1.</summary>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 1;

    /// <summary>Chance that a word piece has to be guessed, above 0 up to 1. Default: 0.15 (BERT).</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Probability { get; init; } = 0.15;
}
