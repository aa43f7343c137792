using System.ComponentModel.DataAnnotations;

namespace Decant.Text.Augmentation;

/// <summary>How much is replaced (TinyBERT, Jiao et al. 2020, algorithm 1).</summary>
public sealed record AugmentationOptions
{
    /// <summary>New sentences that are tried for each text, 1 to 10000; those that come out alike are kept once. Default: 20 (the paper; the code sets it by task, <see cref="CopiesOf"/>).</summary>
    [Range(1, 10_000)]
    public int Copies { get; init; } = 20;

    /// <summary>Probability that a word is replaced, above 0 up to 1. Default: 0.4 (paper and code).</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Probability { get; init; } = 0.4;

    /// <summary>Candidates for each word, 1 to 1000; of those of the language model, pieces that continue a word are then left out. Default: 15 (paper and code).</summary>
    [Range(1, 1000)]
    public int Candidates { get; init; } = 15;

    /// <summary>Seed of the choices. Default: 1.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Copies for a GLUE task in TinyBERT's released code; null for other tasks.</summary>
    /// <param name="task">Name of the task, such as <c>sst-2</c>.</param>
    public static int? CopiesOf(string task) => task switch
    {
        "cola" or "mrpc" or "sts-b" or "rte" or "wnli" => 30,
        "mnli" or "qqp" => 10,
        "sst-2" or "qnli" => 20,
        _ => null,
    };
}
