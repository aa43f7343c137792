namespace Decant.Inference;

/// <summary>What a single call of <see cref="Classifier"/> wants.</summary>
public sealed record PredictOptions
{
    internal static PredictOptions Default { get; } = new();

    /// <summary>How many labels <see cref="Prediction.Top"/> lists, from 1; null, the default, for all.</summary>
    public int? TopK { get; init; }

    /// <summary>
    /// FastBERT's threshold of uncertainty (Liu et al. 2020, section 3.3), in [0, 1]: a text leaves at the first branch whose normalised
    /// entropy is at most this. 0 runs all layers; null, the default, too. Only for models whose <see cref="Classifier.HasAdaptiveExit"/> is true.
    /// </summary>
    public double? Speed { get; init; }

    /// <summary>Refuses options that are out of range, or that a model cannot follow.</summary>
    /// <param name="hasAdaptiveExit">Whether the model has branches.</param>
    /// <exception cref="DecantException">One is.</exception>
    internal PredictOptions Validate(bool hasAdaptiveExit)
    {
        if (TopK < 1) throw new DecantException($"TopK is {TopK}; it must be at least 1.");
        if (Speed is { } speed && speed is not (>= 0 and <= 1)) throw new DecantException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Speed is {speed}; it must be in [0, 1]."));
        if (Speed is not null && !hasAdaptiveExit) throw new DecantException("Speed is for FastBERT models; this model has no branches to leave at. Leave Speed out.");
        return this;
    }
}
