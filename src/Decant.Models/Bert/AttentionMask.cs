using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>BERT's additive mask, −10000 for padded keys, laid out once for all layers of a forward pass.</summary>
internal sealed class AttentionMask
{
    private const double Masked = -10000;

    private AttentionMask(Tensor additive, bool masks) => (Additive, Masks) = (additive, masks);

    /// <summary>[batch × heads, 1, tokens]; a single zero when nothing is masked.</summary>
    public Tensor Additive { get; }

    /// <summary>Whether <see cref="Additive"/> has to be added at all.</summary>
    public bool Masks { get; }

    public static AttentionMask Of(ModelInput input, int heads)
    {
        if (input.AttentionMask is null) return new(Tensor.Zeros([1, 1, 1], device: input.InputIds.Device), false);
        Tensor additive = (1 - input.AttentionMask) * Masked;
        Tensor perHead = additive.Reshape(input.Batch, 1, 1, input.Tokens).Expand(input.Batch, heads, 1, input.Tokens);
        return new(perHead.Reshape(input.Batch * heads, 1, input.Tokens), true);
    }
}
