using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>BERT's additive mask, −10000 for padded keys, laid out once for all layers of a forward pass.</summary>
internal static class AttentionMask
{
    private const double Masked = -10000;

    /// <summary>[batch × heads, 1, tokens]; null when nothing is padded.</summary>
    public static Tensor? Of(ModelInput input, int heads)
    {
        if (input.AttentionMask is null) return null;
        Tensor additive = (1 - input.AttentionMask) * Masked;
        Tensor perHead = additive.Reshape(input.Batch, 1, 1, input.Tokens).Expand(input.Batch, heads, 1, input.Tokens);
        return perHead.Reshape(input.Batch * heads, 1, input.Tokens);
    }
}
