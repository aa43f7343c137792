namespace Decant.Distillation.Knowledge.Selection;

/// <summary>Neurons round(i / r), i = 0 … ⌊r · hidden⌋ − 1, halves to even.</summary>
internal sealed record UniformNeurons(double Kept) : NeuronSelection
{
    public override double Fraction { get; } = Proper(Kept);

    public override int[] Static(int hidden) =>
        [.. Enumerable.Range(0, Share(Kept, hidden)).Select(i => (int)Math.Round(i / Kept, MidpointRounding.ToEven))];

    public override NeuronSelection WithFraction(double fraction) => new UniformNeurons(fraction);

    public override string Describe() => $"{SelectionText.Percent(Kept)} of the neurons, evenly spread";

    public override string ToString() => $"uniform {SelectionText.Number(Kept)}";
}
