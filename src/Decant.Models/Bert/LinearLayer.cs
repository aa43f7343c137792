using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>A dense layer: x Wᵀ + b.</summary>
public sealed class LinearLayer : Module
{
    private readonly Tensor weight, bias;

    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inputs">Width of the input.</param>
    /// <param name="outputs">Width of the output.</param>
    /// <param name="init">First values.</param>
    public LinearLayer(long inputs, long outputs, Initializer init)
    {
        weight = AddParameter("weight", init.Normal(outputs, inputs));
        bias = AddParameter("bias", Initializer.Zeros(outputs));
    }

    /// <summary>Applies the layer to the last dimension.</summary>
    /// <param name="input">[…, inputs]</param>
    public Tensor Forward(Tensor input) => input.Linear(weight, bias);
}

/// <summary>Layer normalisation over the last dimension.</summary>
public sealed class LayerNormLayer : Module
{
    private readonly Tensor weight, bias;
    private readonly double epsilon;

    /// <summary>Makes a layer that changes nothing but mean and variance.</summary>
    /// <param name="size">Width.</param>
    /// <param name="epsilon">Inside the root; 1e-12 in BERT.</param>
    public LayerNormLayer(long size, double epsilon)
    {
        this.epsilon = epsilon;
        weight = AddParameter("weight", Initializer.Ones(size));
        bias = AddParameter("bias", Initializer.Zeros(size));
    }

    /// <summary>Applies the layer to the last dimension.</summary>
    /// <param name="input">[…, size]</param>
    public Tensor Forward(Tensor input) => input.LayerNorm(weight, bias, epsilon);
}
