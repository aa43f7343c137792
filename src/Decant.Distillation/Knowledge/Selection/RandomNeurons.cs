using Decant.Torch.Random;

namespace Decant.Distillation.Knowledge.Selection;

/// <summary>⌊r · hidden⌋ neurons, drawn once.</summary>
internal sealed record RandomNeurons(double Kept, int Seed) : NeuronSelection
{
    public override double Fraction { get; } = Proper(Kept);

    public override int[] Static(int hidden)
    {
        int[] neurons = [.. Enumerable.Range(0, hidden)];
        new RandomStream((ulong)Seed, "neurons").Shuffle<int>(neurons);
        return [.. neurons.Take(Share(Kept, hidden)).Order()];
    }

    public override NeuronSelection WithFraction(double fraction) => new RandomNeurons(fraction, Seed);

    public override string Describe() => $"{SelectionText.Percent(Kept)} of the neurons at random";

    public override string ToString() => $"random {SelectionText.Number(Kept)} seed {Seed}";
}
