using Decant.Models.Bert.Attention;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>Multi-head self-attention with its output projection, residual and normalisation (Vaswani et al. 2017; Devlin et al. 2019).</summary>
internal sealed class BertAttention : Module
{
    private readonly BertConfig config;
    private readonly int heads;
    private readonly LinearLayer query, key, value, output;
    private readonly LayerNormLayer norm;

    /// <param name="config">The sizes.</param>
    /// <param name="layer">Which layer it belongs to, from 0: layers may have lost different heads.</param>
    /// <param name="init">First values.</param>
    public BertAttention(BertConfig config, int layer, Initializer init)
    {
        (this.config, heads) = (config, config.HeadsOf(layer));
        int width = heads * config.HeadSize;
        LinearLayer Inner(string name) => AddChild(name, new LinearLayer(config.HiddenSize, width, init));
        (query, key, value) = (Inner("self.query"), Inner("self.key"), Inner("self.value"));
        output = AddChild("output.dense", new LinearLayer(width, config.HiddenSize, init));
        norm = AddChild("output.LayerNorm", new LayerNormLayer(config));
    }

    /// <param name="hidden">[batch, tokens, hidden]: keys and values.</param>
    /// <param name="queries">[batch, queries, hidden]: the tokens of <paramref name="hidden"/> whose output is wanted.</param>
    /// <param name="mask">From <see cref="AttentionMask"/>; null when nothing is padded.</param>
    /// <param name="wanted">Takes scores and probabilities where they are asked for.</param>
    /// <param name="dropout">Null for evaluation.</param>
    public Tensor Forward(Tensor hidden, Tensor queries, Tensor? mask, in AttentionTap wanted, Dropout? dropout)
    {
        Tensor projected = output.Forward(Context(hidden, queries, mask, wanted, dropout));
        return norm.Forward((dropout?.Apply(projected, config.HiddenDropout) ?? projected) + queries);
    }

    /// <summary>Scores and probabilities alone, for all tokens.</summary>
    /// <inheritdoc cref="Forward"/>
    public void Observe(Tensor hidden, Tensor? mask, in AttentionTap wanted) => Probabilities(hidden, hidden, mask, wanted);

    // [batch, queries, heads × head size]
    private Tensor Context(Tensor hidden, Tensor queries, Tensor? mask, in AttentionTap wanted, Dropout? dropout)
    {
        bool drops = dropout is not null && config.AttentionDropout > 0;
        long batch = hidden.Size(0), rows = queries.Size(1);
        if (hidden.IsCpuFloat && !wanted.IsOpen)
        {
            DropoutMask? drop = drops ? dropout!.Next(batch * heads * rows * hidden.Size(1), config.AttentionDropout) : null;
            return AttentionContext.Of(heads, query.Forward(queries), key.Forward(hidden), value.Forward(hidden), mask, drop);
        }
        Tensor probabilities = Probabilities(hidden, queries, mask, wanted);
        return (drops ? dropout!.Apply(probabilities, config.AttentionDropout) : probabilities).BatchMatMul(Split(value.Forward(hidden)))
            .Reshape(batch, heads, rows, config.HeadSize).Transpose(1, 2).Reshape(batch, rows, heads * config.HeadSize);
    }

    private Tensor Probabilities(Tensor hidden, Tensor queries, Tensor? mask, in AttentionTap wanted)
    {
        Tensor scores = AttentionHeads.Scores(Split(query.Forward(queries)), Split(key.Forward(hidden)), mask);
        Tensor probabilities = scores.Softmax();
        wanted.Take(scores, probabilities, hidden.Size(0), heads);
        return probabilities;
    }

    private Tensor Split(Tensor states) => AttentionHeads.Split(states, heads);
}
