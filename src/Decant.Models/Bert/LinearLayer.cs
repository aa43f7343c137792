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

    private LinearLayer(Tensor weight, Tensor bias) => (this.weight, this.bias) = (AddParameter("weight", weight), AddParameter("bias", bias));

    internal Tensor Weight => weight;

    internal Tensor Bias => bias;

    /// <summary>A layer whose weights and biases are drawn evenly from ±1/√inputs: PyTorch's own default.</summary>
    /// <inheritdoc cref="LinearLayer(long, long, Initializer)"/>
    public static LinearLayer Uniform(long inputs, long outputs, Initializer init)
    {
        double bound = 1 / Math.Sqrt(inputs);
        return new LinearLayer(init.Uniform(bound, outputs, inputs), init.Uniform(bound, outputs));
    }

    /// <summary>Applies the layer to the last dimension.</summary>
    /// <param name="input">[…, inputs]</param>
    public Tensor Forward(Tensor input) => input.Linear(weight, bias);

    /// <summary>Applies the layer to Gelu(input), which is not kept for the gradient.</summary>
    /// <inheritdoc cref="Forward"/>
    public Tensor ForwardOfGelu(Tensor input) => input.GeluLinear(weight, bias);
}
