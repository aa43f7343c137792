namespace Decant.Text.Batching;

/// <summary>
/// Some examples as plain arrays, padded to the longest of them. Rows are sequences: row
/// <c>e * Choices + c</c> is choice <c>c</c> of the batch's example <c>e</c>. Arrays are row-major.
/// </summary>
public sealed class TokenBatch
{
    /// <summary>Examples in the batch.</summary>
    public required int Examples { get; init; }

    /// <summary>Sequences per example: 1, or the number of choices.</summary>
    public required int Choices { get; init; }

    /// <summary>Rows of the arrays: <see cref="Examples"/> × <see cref="Choices"/>.</summary>
    public int Sequences => Examples * Choices;

    /// <summary>Columns of the arrays: tokens of the longest sequence.</summary>
    public required int Length { get; init; }

    /// <summary>Token ids, [<see cref="Sequences"/> × <see cref="Length"/>]; padding has the pad token's id.</summary>
    public required int[] InputIds { get; init; }

    /// <summary>Segment ids 0 or 1, [<see cref="Sequences"/> × <see cref="Length"/>]; padding is 0.</summary>
    public required int[] TokenTypeIds { get; init; }

    /// <summary>Real tokens of every row, [<see cref="Sequences"/>]: token <c>j</c> of a row is padding if <c>j ≥ Lengths[row]</c>.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>Where each example is in its data set, [<see cref="Examples"/>].</summary>
    public required int[] ExampleIndices { get; init; }

    /// <summary>The stable id of each example, [<see cref="Examples"/>].</summary>
    public required string[] ExampleIds { get; init; }

    /// <summary>The right class or choice of each example, [<see cref="Examples"/>]; null if unknown or if the task has numbers.</summary>
    public int[]? ClassLabels { get; init; }

    /// <summary>Regression targets, [<see cref="Examples"/>], or multi-label targets 0/1, [<see cref="Examples"/> × labels]; else null.</summary>
    public float[]? Targets { get; init; }

    /// <summary>Tokens that are not padding.</summary>
    public int RealTokens => Lengths.Sum();

    /// <summary>Share of the rectangle that is padding, 0 – 1.</summary>
    public double PaddingShare => 1 - (double)RealTokens / ((long)Sequences * Length);
}
