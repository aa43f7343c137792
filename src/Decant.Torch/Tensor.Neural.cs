using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Layers and losses.</summary>
public sealed unsafe partial class Tensor
{
    private static readonly Operator linear = new("linear"), matmul = new("matmul"), baddbmm = new("baddbmm"), bmm = new("bmm");
    private static readonly Operator softmax = new("softmax", "int"), softmaxBackward = new("_softmax_backward_data"), logSoftmax = new("log_softmax", "int"), layerNorm = new("layer_norm");
    private static readonly Operator gelu = new("gelu"), geluBackward = new("gelu_backward", "grad_input"), tanh = new("tanh"), relu = new("relu"), sigmoid = new("sigmoid");
    private static readonly Operator embedding = new("embedding"), mse = new("mse_loss"), crossEntropy = new("cross_entropy_loss");
    private static readonly Operator bceLogits = new("binary_cross_entropy_with_logits"), logSigmoid = new("log_sigmoid");

    /// <summary>x Wᵀ + b.</summary>
    /// <param name="weight">[outputs, inputs]</param>
    /// <param name="bias">[outputs], or none.</param>
    public Tensor Linear(Tensor weight, Tensor? bias = null) => linear.Call(this, weight, bias);

    /// <summary>Matrix product, batched over leading dimensions.</summary>
    /// <param name="other">The right-hand side.</param>
    public Tensor MatMul(Tensor other) => matmul.Call(this, other);

    /// <summary>Batched product of two rank-3 tensors (<c>bmm</c>).</summary>
    /// <param name="other">[batch, k, n]</param>
    public Tensor BatchMatMul(Tensor other) => bmm.Call(this, other);

    /// <summary>This + alpha × (a b), batched (<c>baddbmm</c>). This is broadcast to [batch, m, n].</summary>
    /// <remarks>It has no factor for the summand: with one of 0 libtorch 1.13 reads uninitialised memory for small products. Use <see cref="BatchMatMul"/>.</remarks>
    /// <param name="a">[batch, m, k]</param>
    /// <param name="b">[batch, k, n]</param>
    /// <param name="alpha">Factor of the product.</param>
    public Tensor AddBatchMatMul(Tensor a, Tensor b, double alpha = 1) => baddbmm.Call(this, a, b, 1.0, alpha);

    /// <summary>Softmax along a dimension.</summary>
    /// <param name="dim">Which.</param>
    public Tensor Softmax(long dim = -1) => softmax.Call(this, dim);

    /// <summary>The gradient of what a softmax was taken of (<c>_softmax_backward_data</c>); this tensor is the softmax.</summary>
    /// <param name="grad">The gradient of the softmax.</param>
    /// <param name="dim">Along which dimension it was taken.</param>
    public Tensor SoftmaxGradient(Tensor grad, long dim = -1) => softmaxBackward.Call(grad, this, dim, DType);

    /// <summary>Logarithm of the softmax along a dimension.</summary>
    /// <param name="dim">Which.</param>
    public Tensor LogSoftmax(long dim = -1) => logSoftmax.Call(this, dim);

    /// <summary>Layer normalisation over the last dimension, biased variance.</summary>
    /// <param name="weight">[hidden]</param>
    /// <param name="bias">[hidden]</param>
    /// <param name="epsilon">Inside the square root; BERT uses 1e-12.</param>
    public Tensor LayerNorm(Tensor weight, Tensor bias, double epsilon)
    {
        long size = Size(-1);
        return layerNorm.Call(this, NativeValue.Ints(&size, 1), weight, bias, epsilon);
    }

    /// <summary>x Φ(x), the exact form with erf.</summary>
    public Tensor Gelu() => gelu.Call(this);

    /// <summary>Gelu(x) Wᵀ + b, of which nothing but x is kept for the gradient: Gelu(x) is computed again.</summary>
    /// <inheritdoc cref="Linear"/>
    public Tensor GeluLinear(Tensor weight, Tensor bias) => GradMode.IsEnabled ? GeluLinearGradient.Of(this, weight, bias) : Gelu().Linear(weight, bias);

    /// <summary>The gradient of <see cref="Gelu"/> at <paramref name="input"/> times this one, written over this one (<c>gelu_backward</c>).</summary>
    internal void TimesGeluGradient(Tensor input)
    {
        fixed (byte* exact = "none"u8) geluBackward.Run(this, input, NativeValue.Utf8(exact, 4), this);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public Tensor Tanh() => tanh.Call(this);

    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => relu.Call(this);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => sigmoid.Call(this);

    /// <summary>Logarithm of the sigmoid, without overflow.</summary>
    public Tensor LogSigmoid() => logSigmoid.Call(this);

    /// <summary>Rows of a table; this tensor is the table, [entries, width].</summary>
    /// <param name="ids">Int64, any shape.</param>
    /// <param name="paddingIndex">An id that gets no gradient; −1 for none.</param>
    /// <returns>[…ids, width]</returns>
    public Tensor Embedding(Tensor ids, long paddingIndex = -1) => embedding.Call(this, ids, paddingIndex);

    /// <summary>
    /// <see cref="Embedding"/> for a table that is a parameter: its gradient is kept as the rows that were looked up, not as a
    /// second table of zeros, until someone asks for the whole (<see cref="Grad"/>). The values are the same to the last bit.
    /// </summary>
    /// <inheritdoc cref="Embedding"/>
    public Tensor LookUp(Tensor ids, long paddingIndex = -1) => GradMode.IsEnabled && RequiresGrad && IsCpuFloat
        ? LookUpGradient.Of(this, ids, paddingIndex)
        : Embedding(ids, paddingIndex);

    /// <summary>Mean squared error over all elements.</summary>
    /// <param name="target">Of the same shape.</param>
    public Tensor MseLoss(Tensor target) => mse.Call(this, target);

    /// <summary>Mean cross-entropy of logits [n, classes] with class indices [n].</summary>
    /// <param name="labels">Int64; −100 is left out.</param>
    public Tensor CrossEntropy(Tensor labels) => crossEntropy.Call(this, labels);

    /// <summary>Mean binary cross-entropy of logits with targets in 0..1.</summary>
    /// <param name="targets">Of the same shape.</param>
    public Tensor BinaryCrossEntropy(Tensor targets) => bceLogits.Call(this, targets);
}
