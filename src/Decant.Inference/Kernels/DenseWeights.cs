using Decant.Torch;

namespace Decant.Inference.Kernels;

/// <summary>The weights of a dense layer as a model holds them.</summary>
/// <param name="Weight">[outputs, inputs], Float32 on the CPU.</param>
/// <param name="Bias">[outputs]; null for none.</param>
/// <param name="Scale">What outputs are multiplied with.</param>
internal readonly record struct DenseWeights(Tensor Weight, Tensor? Bias = null, float Scale = 1)
{
    public int Outputs => (int)Weight.Size(0);

    public int Inputs => (int)Weight.Size(1);
}
