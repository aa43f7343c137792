using Decant.Models.FastBert;
using Decant.Torch;

namespace Decant.Inference;

/// <summary>How a classifier is loaded.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Longest input in word pieces, special tokens counted: longer ones are cut, of a pair the longer text first. From 3; null, the default, takes the model's own limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Most texts that are computed together, from 1. Default 64. Larger calls are split; memory grows with it, results do not change.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Where to compute. Default the CPU.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>When texts leave a FastBERT: how uncertainty is measured. Default: the paper's way. Other models do not look at it.</summary>
    public AdaptiveOptions Exits { get; init; } = new();

    /// <summary>Refuses options that are out of range.</summary>
    /// <exception cref="DecantException">One is.</exception>
    internal ClassifierOptions Validate()
    {
        if (MaxLength < 3) throw new DecantException($"MaxLength is {MaxLength}; it must be at least 3, for a piece between [CLS] and [SEP].");
        if (BatchSize < 1) throw new DecantException($"BatchSize is {BatchSize}; it must be at least 1.");
        return this;
    }
}
