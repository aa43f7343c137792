using Decant.Torch;

namespace Decant.Models.Bert.Attention;

/// <summary>The heads of multi-head attention (Vaswani et al. 2017, section 3.2), one after the other along the batch.</summary>
internal static class AttentionHeads
{
    /// <summary>[batch, tokens, heads × head size] → [batch × heads, tokens, head size]</summary>
    /// <param name="states">Queries, keys or values of all heads.</param>
    /// <param name="heads">How many.</param>
    public static Tensor Split(Tensor states, int heads)
    {
        long batch = states.Size(0), tokens = states.Size(1), size = states.Size(2) / heads;
        return states.Reshape(batch, tokens, heads, size).Transpose(1, 2).Reshape(batch * heads, tokens, size);
    }

    /// <summary>q kᵀ / √d + mask: [batch × heads, queries, tokens].</summary>
    /// <param name="queries">[batch × heads, queries, head size]</param>
    /// <param name="keys">[batch × heads, tokens, head size]</param>
    /// <param name="mask">Additive, [batch × heads, 1, tokens]; null when nothing is padded.</param>
    public static Tensor Scores(Tensor queries, Tensor keys, Tensor? mask)
    {
        double scale = Scale(queries);
        Tensor transposed = keys.Transpose(1, 2);
        // Without a mask the scale goes on the queries, which are the smaller.
        return mask is null ? (queries * scale).BatchMatMul(transposed) : mask.AddBatchMatMul(queries, transposed, alpha: scale);
    }

    /// <summary>1 / √d.</summary>
    /// <param name="queries">[batch × heads, queries, head size]</param>
    public static double Scale(Tensor queries) => 1 / Math.Sqrt(queries.Size(2));
}
