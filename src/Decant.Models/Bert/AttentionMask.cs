using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>BERT's additive mask, −10000 for padded keys, laid out once for all layers of a forward pass that have as many heads.</summary>
internal sealed class AttentionMask
{
    private const double Masked = -10000;

    private readonly Dictionary<int, Tensor> byHeads = [];

    /// <summary>[batch × heads, 1, tokens]</summary>
    /// <param name="heads">Heads of a layer of the model.</param>
    public Tensor this[int heads] => byHeads[heads];

    /// <summary>The masks of a batch; null when nothing is padded.</summary>
    public static AttentionMask? Of(ModelInput input, BertConfig config)
    {
        if (input.AttentionMask is null) return null;
        var masks = new AttentionMask();
        Tensor additive = ((1 - input.AttentionMask) * Masked).Reshape(input.Batch, 1, 1, input.Tokens);
        for (int layer = 0; layer < config.Layers; layer++)
        {
            int heads = config.HeadsOf(layer);
            if (!masks.byHeads.ContainsKey(heads))
                masks.byHeads[heads] = additive.Expand(input.Batch, heads, 1, input.Tokens).Reshape(input.Batch * heads, 1, input.Tokens);
        }
        return masks;
    }
}
