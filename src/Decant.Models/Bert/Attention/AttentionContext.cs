using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert.Attention;

/// <summary>
/// softmax(q kᵀ / √d + mask) v for all heads, with dropout on the probabilities, of which nothing but q, k and v is kept for the
/// gradient. The scores, which grow with the square of the length, are computed again, as Dao et al. 2022 do (FlashAttention, section 3.1).
/// </summary>
internal sealed unsafe class AttentionContext : GradientFunction
{
    private readonly Tensor queries, keys, values;
    private readonly Tensor? mask;
    private readonly DropoutMask? dropout;
    private readonly AttentionShape shape;

    private AttentionContext(AttentionShape shape, Tensor queries, Tensor keys, Tensor values, Tensor? mask, DropoutMask? dropout)
    {
        (this.shape, this.dropout) = (shape, dropout);
        (this.queries, this.keys, this.values, this.mask) = (Keep(queries), Keep(keys), Keep(values), mask is null ? null : Keep(mask));
    }

    /// <summary>The context, recorded where anything is.</summary>
    /// <param name="heads">How many.</param>
    /// <param name="queries">Float32 on the CPU, [batch, queries, heads × head size].</param>
    /// <param name="keys">[batch, tokens, heads × head size]</param>
    /// <param name="values">[batch, tokens, heads × head size]</param>
    /// <param name="mask">Additive, [batch × heads, 1, tokens]; null when nothing is padded.</param>
    /// <param name="dropout">For [batch × heads, queries, tokens]; null for none.</param>
    /// <returns>[batch, queries, heads × head size]</returns>
    public static Tensor Of(int heads, Tensor queries, Tensor keys, Tensor values, Tensor? mask, DropoutMask? dropout)
    {
        (queries, keys, values) = (queries.Contiguous(), keys.Contiguous(), values.Contiguous());
        var shape = new AttentionShape((int)queries.Size(0), heads, (int)queries.Size(1), (int)keys.Size(1), (int)queries.Size(2) / heads);
        Tensor context;
        using (GradMode.Off())
        {
            context = Tensor.Empty(queries.Shape);
            HeadKernel.For(shape).Forward(Pointers(queries, keys, values, mask), dropout, context.Pointer<float>());
        }
        return GradMode.IsEnabled ? new AttentionContext(shape, queries, keys, values, mask, dropout).Attach(context, queries, keys, values) : context;
    }

    protected override Tensor?[] Backward(Tensor grad)
    {
        Tensor[] results = [Tensor.Empty(queries.Shape), Tensor.Empty(keys.Shape), Tensor.Empty(values.Shape)];
        HeadKernel.For(shape).Backward(Pointers(queries, keys, values, mask), dropout, grad.Contiguous().Pointer<float>(), Pointers(results[0], results[1], results[2], null));
        return results;
    }

    private static AttentionPointers Pointers(Tensor queries, Tensor keys, Tensor values, Tensor? mask) =>
        new(queries.Pointer<float>(), keys.Pointer<float>(), values.Pointer<float>(), mask is null ? null : mask.Pointer<float>());
}
