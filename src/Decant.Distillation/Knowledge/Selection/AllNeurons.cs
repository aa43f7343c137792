namespace Decant.Distillation.Knowledge.Selection;

/// <summary>Every neuron.</summary>
internal sealed record AllNeurons : NeuronSelection
{
    public override double Fraction => 1;

    public override string Describe() => "all neurons";

    public override string ToString() => "all";
}
