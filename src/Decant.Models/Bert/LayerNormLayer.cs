using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>Layer normalisation over the last dimension.</summary>
public sealed class LayerNormLayer : Module
{
    private readonly Tensor weight, bias;
    private readonly double epsilon;
    private readonly LayerNormKind kind;

    /// <summary>Makes a layer that changes nothing but mean and variance.</summary>
    /// <param name="size">Width.</param>
    /// <param name="epsilon">Inside the root; 1e-12 in BERT.</param>
    /// <param name="kind">How it divides.</param>
    public LayerNormLayer(long size, double epsilon, LayerNormKind kind = LayerNormKind.Standard)
    {
        (this.epsilon, this.kind) = (epsilon, kind);
        weight = AddParameter("weight", Initializer.Ones(size));
        bias = AddParameter("bias", Initializer.Zeros(size));
    }

    internal LayerNormLayer(BertConfig config) : this(config.HiddenSize, config.LayerNormEpsilon, config.LayerNorm) { }

    /// <summary>Applies the layer to the last dimension.</summary>
    /// <param name="input">[…, size]</param>
    public Tensor Forward(Tensor input) => kind == LayerNormKind.Standard ? input.LayerNorm(weight, bias, epsilon) : Unbiased(input);

    private Tensor Unbiased(Tensor input)
    {
        Tensor centred = input - input.Mean(-1, keepDim: true);
        Tensor deviation = (centred.Square().Sum(-1, keepDim: true) / (input.Size(-1) - 1)).Sqrt();
        return weight * centred / (deviation + epsilon) + bias;
    }
}
