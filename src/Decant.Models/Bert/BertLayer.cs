using Decant.Models.Bert.Attention;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>One transformer layer: attention, then the feed-forward network, each with residual and normalisation.</summary>
internal sealed class BertLayer : Module
{
    private readonly BertConfig config;
    private readonly BertAttention attention;
    private readonly LinearLayer intermediate, output;
    private readonly LayerNormLayer norm;

    /// <param name="config">The sizes.</param>
    /// <param name="layer">Its place, from 0.</param>
    /// <param name="init">First values.</param>
    public BertLayer(BertConfig config, int layer, Initializer init)
    {
        this.config = config;
        attention = AddChild("attention", new BertAttention(config, layer, init));
        int width = config.IntermediateSizeOf(layer);
        intermediate = AddChild("intermediate.dense", new LinearLayer(config.HiddenSize, width, init));
        output = AddChild("output.dense", new LinearLayer(width, config.HiddenSize, init));
        norm = AddChild("output.LayerNorm", new LayerNormLayer(config));
    }

    /// <param name="hidden">[batch, tokens, hidden]</param>
    /// <param name="queries">[batch, queries, hidden]: the tokens whose output is wanted; keys and values still come from all.</param>
    /// <param name="mask">From <see cref="AttentionMask"/>; null when nothing is padded.</param>
    /// <param name="wanted">Takes attention where it is asked for.</param>
    /// <param name="dropout">Null for evaluation.</param>
    /// <returns>[batch, queries, hidden]</returns>
    public Tensor Forward(Tensor hidden, Tensor queries, Tensor? mask, in AttentionTap wanted, Dropout? dropout)
    {
        Tensor attended = attention.Forward(hidden, queries, mask, wanted, dropout);
        Tensor inner = intermediate.Forward(attended);
        Tensor outer = config.HiddenActivation == "relu" ? output.Forward(inner.Relu()) : output.ForwardOfGelu(inner);
        return norm.Forward((dropout?.Apply(outer, config.HiddenDropout) ?? outer) + attended);
    }

    /// <summary>The attention alone, where nothing needs the layer's output.</summary>
    /// <inheritdoc cref="Forward"/>
    public void Observe(Tensor hidden, Tensor? mask, in AttentionTap wanted) => attention.Observe(hidden, mask, wanted);
}
