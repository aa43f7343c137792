using Decant.Torch;

namespace Decant.Models.Bert.Attention;

/// <summary>BERT's additive mask, −10000 for padded keys, laid out once for all layers of a forward pass that have as many heads.</summary>
internal sealed class AttentionMask
{
    private const double Masked = -10000;

    private readonly Dictionary<int, Tensor> byHeads = [];

    private AttentionMask() { }

    /// <summary>[batch × heads, 1, tokens]</summary>
    /// <param name="heads">Heads of a layer of the model.</param>
    public Tensor this[int heads] => byHeads[heads];

    /// <summary>All of them.</summary>
    public IEnumerable<Tensor> Tensors => byHeads.Values;

    /// <summary>The masks of a batch; null when nothing is padded.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="config">The model.</param>
    public static AttentionMask? Of(ModelInput input, BertConfig config) => Of(input.AttentionMask, Enumerable.Range(0, config.Layers).Select(config.HeadsOf));

    /// <summary>The masks of a batch; null when nothing is padded.</summary>
    /// <param name="real">1 for real tokens and 0 for padding, [batch, tokens]; null when nothing is padded.</param>
    /// <param name="headCounts">The numbers of heads that masks are needed for.</param>
    public static AttentionMask? Of(Tensor? real, params IEnumerable<int> headCounts)
    {
        if (real is null) return null;
        var masks = new AttentionMask();
        long batch = real.Size(0), tokens = real.Size(1);
        Tensor additive = ((1 - real) * Masked).Reshape(batch, 1, 1, tokens);
        foreach (int heads in headCounts)
            if (!masks.byHeads.ContainsKey(heads))
                masks.byHeads[heads] = additive.Expand(batch, heads, 1, tokens).Reshape(batch * heads, 1, tokens).Contiguous();
        return masks;
    }
}
