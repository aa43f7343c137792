namespace Decant.Torch;

/// <summary>
/// The second half of a feed-forward network, Gelu(x) Wᵀ + b. Libtorch keeps x for one step and Gelu(x) for the next, the two
/// largest tensors of a layer; here Gelu(x) is computed again, at the cost of one pass over it.
/// </summary>
internal sealed class GeluLinearGradient : GradientFunction
{
    private readonly Tensor input, weight;
    private readonly bool inputLearns, weightLearns;

    private GeluLinearGradient(Tensor input, Tensor weight)
    {
        (inputLearns, weightLearns) = (input.RequiresGrad, weight.RequiresGrad);
        (this.input, this.weight) = (Keep(input), Keep(weight));
    }

    /// <summary>The product, recorded.</summary>
    /// <param name="input">[…, inner]</param>
    /// <param name="weight">[outer, inner]</param>
    /// <param name="bias">[outer]</param>
    /// <returns>[…, outer]</returns>
    public static Tensor Of(Tensor input, Tensor weight, Tensor bias)
    {
        Tensor value;
        using (GradMode.Off())
        using (var scope = new TensorScope()) value = scope.Keep(input.Gelu().Linear(weight, bias));
        return new GeluLinearGradient(input, weight).Attach(value, input, weight, bias);
    }

    // The products are those of libtorch's own steps, in their layout, for the same last bits.
    protected override Tensor?[] Backward(Tensor grad)
    {
        Tensor flat = grad.Reshape(-1, grad.Size(-1));
        Tensor? ofWeight = weightLearns ? OfWeight(flat) : null;  // first: Gelu(x) and the gradient of x need not be there at once
        return [inputLearns ? OfInput(flat) : null, ofWeight, weightLearns ? flat.Sum(0) : null];
    }

    private Tensor OfWeight(Tensor grad)
    {
        using var scope = new TensorScope();
        return scope.Keep(grad.Transpose(0, 1).MatMul(input.Gelu().Reshape(-1, input.Size(-1))));
    }

    private Tensor OfInput(Tensor grad)
    {
        Tensor result = grad.MatMul(weight).Reshape(input.Shape);
        result.TimesGeluGradient(input);
        return result;
    }
}
