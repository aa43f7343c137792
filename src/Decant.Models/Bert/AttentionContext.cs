using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>
/// softmax(q kᵀ / √d + mask) v with dropout on the probabilities, of which nothing but q, k and v is kept for the gradient.
/// The scores, which grow with the square of the length, are computed again, as Dao et al. 2022 do (FlashAttention, section 3.1).
/// </summary>
internal sealed class AttentionContext : GradientFunction
{
    private readonly Tensor queries, keys, values;
    private readonly Tensor? mask;
    private readonly DropoutMask? dropout;

    private AttentionContext(Tensor queries, Tensor keys, Tensor values, Tensor? mask, DropoutMask? dropout)
    {
        (this.queries, this.keys, this.values, this.mask) = (Keep(queries), Keep(keys), Keep(values), mask is null ? null : Keep(mask));
        this.dropout = dropout;
    }

    /// <summary>The context, recorded.</summary>
    /// <param name="queries">[batch × heads, queries, head size]</param>
    /// <param name="keys">[batch × heads, tokens, head size]</param>
    /// <param name="values">[batch × heads, tokens, head size]</param>
    /// <param name="mask">Additive, [batch × heads, 1, tokens]; null when nothing is padded.</param>
    /// <param name="dropout">For [batch × heads, queries, tokens]; null for none.</param>
    /// <returns>[batch × heads, queries, head size]</returns>
    public static Tensor Of(Tensor queries, Tensor keys, Tensor values, Tensor? mask, DropoutMask? dropout)
    {
        var step = new AttentionContext(queries, keys, values, mask, dropout);
        Tensor context;
        using (GradMode.Off())
        using (var scope = new TensorScope()) context = scope.Keep(step.Drop(step.Probabilities()).BatchMatMul(values));
        return step.Attach(context, queries, keys, values);
    }

    // The products are those of libtorch's own steps for AttentionHeads.Scores, in their order, for the same last bits.
    protected override Tensor?[] Backward(Tensor grad)
    {
        Tensor probabilities = Probabilities();
        Tensor ofValues = Drop(probabilities).Transpose(1, 2).BatchMatMul(grad);
        Tensor ofScores = probabilities.SoftmaxGradient(Drop(grad.BatchMatMul(values.Transpose(1, 2))));
        double scale = AttentionHeads.Scale(queries);
        Tensor ofQueries = ofScores.BatchMatMul(keys) * scale;
        Tensor ofKeys = mask is null
            ? (queries * scale).Transpose(1, 2).BatchMatMul(ofScores).Transpose(1, 2)
            : (queries.Transpose(1, 2).BatchMatMul(ofScores) * scale).Transpose(1, 2);
        return [ofQueries, ofKeys, ofValues];
    }

    private Tensor Probabilities() => AttentionHeads.Scores(queries, keys, mask).Softmax();

    private Tensor Drop(Tensor tensor) => dropout?.Times(tensor) ?? tensor;
}
