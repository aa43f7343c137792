using Decant.Torch;

namespace Decant.Distillation.Knowledge.Selection;

/// <summary>The ⌊r · n⌋ of n values with the largest absolute value; those that tie with the least of them are kept too.</summary>
internal sealed record MagnitudeNeurons(double Kept, MagnitudeScope Scope) : NeuronSelection
{
    public override double Fraction { get; } = Proper(Kept);

    public override bool IsPerExample => Scope != MagnitudeScope.Batch;

    public override NeuronSelection WithFraction(double fraction) => new MagnitudeNeurons(fraction, Scope);

    public override long ValuesOf(int tokens, int hidden) =>
        Scope == MagnitudeScope.Token ? base.ValuesOf(tokens, hidden) : Share(Kept, (long)tokens * hidden);

    public override string Describe() => $"the {SelectionText.Percent(Kept)} largest values of each {Scope.ToString().ToLowerInvariant()}";

    public override string ToString() => $"magnitude {SelectionText.Number(Kept)} {Scope.ToString().ToLowerInvariant()}";

    internal override Tensor Mask(Tensor values, int[]? counts)
    {
        long rows = values.Size(0), width = values.Size(1), hidden = values.Size(2);
        Tensor magnitudes = values.Abs();
        // Below every absolute value, so that what does not count is never kept.
        if (counts is not null) magnitudes = magnitudes.MaskedFill(SelectedHiddenState.Beyond(counts, width, values.Device).Unsqueeze(2), -1);
        Tensor threshold = Scope switch
        {
            MagnitudeScope.Token => Least(magnitudes, [Share(Kept, hidden)]),
            MagnitudeScope.Sample => Least(magnitudes.Reshape(rows, width * hidden), Shares(counts, rows, width, hidden)).Reshape(rows, 1, 1),
            _ => Least(magnitudes.Reshape(1, rows * width * hidden), [Share(Kept, (counts is null ? rows * width : counts.Sum(c => (long)c)) * hidden)]).Reshape(1, 1, 1),
        };
        // Padding of −1 would pass its own threshold of −1.
        return (threshold.ClampMin(0) - magnitudes).LessOrEqual(0);
    }

    private int[] Shares(int[]? counts, long rows, long width, long hidden) => counts is null
        ? [.. Enumerable.Repeat(Share(Kept, width * hidden), (int)rows)]
        : Array.ConvertAll(counts, count => Share(Kept, count * hidden));

    // The k-th largest along the last dimension: one k for all rows, or one for each.
    private static Tensor Least(Tensor magnitudes, int[] k)
    {
        (Tensor largest, _) = magnitudes.TopK(k.Max());
        if (k.Length == 1) return largest.Narrow(-1, k[0] - 1, 1);
        long[] last = Array.ConvertAll(k, count => count - 1L);
        return largest.Gather(-1, Tensor.From(last, last.Length, 1).To(largest.Device));
    }
}
