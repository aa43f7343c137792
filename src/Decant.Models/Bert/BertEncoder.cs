using Decant.Models.Bert.Attention;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>The BERT encoder, exact to the original: embeddings, transformer layers and, where a head needs it, the pooler.</summary>
public sealed class BertEncoder : Module
{
    private readonly List<BertLayer> layers = [];
    private readonly LinearLayer? pooler;

    /// <summary>Makes an encoder with new weights.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="init">First values.</param>
    /// <param name="withPooler">Whether it has a pooler.</param>
    public BertEncoder(BertConfig config, Initializer init, bool withPooler)
    {
        Config = config;
        Embeddings = AddChild("embeddings", new BertEmbeddings(config, init));
        for (int l = 0; l < config.Layers; l++) layers.Add(AddChild($"encoder.layer.{l}", new BertLayer(config, l, init)));
        if (withPooler) pooler = AddChild("pooler.dense", new LinearLayer(config.HiddenSize, config.HiddenSize, init));
    }

    /// <summary>The sizes.</summary>
    public BertConfig Config { get; }

    /// <summary>The word table, [vocabulary, hidden]; of a table in two factors the first, [vocabulary, rank].</summary>
    public Tensor WordEmbeddings => Embeddings.Words;

    internal BertEmbeddings Embeddings { get; }

    /// <summary>The position table, [positions, hidden].</summary>
    public Tensor PositionEmbeddings => Embeddings.Positions;

    /// <summary>Runs the encoder as deep as the request needs.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="request">What to hand out.</param>
    /// <param name="dropout">Null for evaluation.</param>
    /// <param name="lastForAllTokens">Whether the head that makes the logits needs the last layer for all tokens; without it, and unless asked for, the last layer is computed for [CLS] alone.</param>
    /// <param name="lastFor">
    /// Int64 [batch]: the one token of each sequence that the last layer is computed for; null for what <paramref name="lastForAllTokens"/> says.
    /// </param>
    public BertEncoderOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout, bool lastForAllTokens, Tensor? lastFor = null)
    {
        CheckLayers(request);
        var output = new BertEncoderOutput();
        AttentionMask? masks = AttentionMask.Of(input, Config);
        Tensor hidden = Embeddings.Forward(input, dropout);
        output.Take(request, 0, hidden);
        int last = output.LayersRun = request.LastLayer(layers.Count);
        if (last < layers.Count) request = request with { LastTokens = null };
        bool lastForOne = lastFor is not null || !(lastForAllTokens && request.Logits);
        for (int l = 1; l <= last; l++)
        {
            var tap = new AttentionTap(request, l, output.AttentionScores, output.AttentionProbabilities);
            if (l == last && request.EndsWithAttention(l))
            {
                ObserveLayer(l, hidden, masks?[Config.HeadsOf(l - 1)], tap, output);
                break;
            }
            bool some = l == last && lastForOne && !request.NeedsAllTokens(l);
            if (some && request.HiddenStates.Contains(l)) output.LastTokens = new LastLayerTokens(request.LastTokens!);
            Tensor queries = output.LastTokens?.TakeQueries(hidden) ?? (some ? One(hidden, lastFor) : hidden);
            hidden = RunLayer(l, hidden, queries, masks?[Config.HeadsOf(l - 1)], tap, dropout, output);
            output.Take(request, l, hidden);
        }
        output.Last = hidden;
        if (pooler is not null && (request.Logits || request.Pooled)) output.Pooled = pooler.Forward(hidden.Select(1, 0)).Tanh();
        return output;
    }

    /// <summary>Hidden state 0, for callers that run layer by layer, without dropout.</summary>
    /// <param name="input">The sequences.</param>
    /// <returns>[batch, tokens, hidden]</returns>
    internal Tensor Embed(ModelInput input) => Embeddings.Forward(input, dropout: null);

    /// <summary>One layer for all tokens, without dropout.</summary>
    /// <param name="layer">From 1.</param>
    /// <param name="hidden">Output of the layer before, [batch, tokens, hidden].</param>
    /// <param name="mask">From <see cref="AttentionMask"/>; null when nothing is padded.</param>
    internal Tensor RunLayer(int layer, Tensor hidden, Tensor? mask)
    {
        var output = new BertEncoderOutput();
        var tap = new AttentionTap(OutputRequest.LogitsOnly, layer, output.AttentionScores, output.AttentionProbabilities);
        return RunLayer(layer, hidden, hidden, mask, tap, dropout: null, output);
    }

    // A layer's temporaries are freed with it, those that autograd needs excepted: the next layer finds their memory warm.
    private Tensor RunLayer(int l, Tensor hidden, Tensor queries, Tensor? mask, in AttentionTap tap, Dropout? dropout, BertEncoderOutput output)
    {
        using var scope = new TensorScope();
        Tensor result = layers[l - 1].Forward(hidden, queries, mask, tap, dropout);
        KeepAttention(l, output, scope);
        return scope.Keep(result);
    }

    // A layer of which only the attention is wanted.
    private void ObserveLayer(int l, Tensor hidden, Tensor? mask, in AttentionTap tap, BertEncoderOutput output)
    {
        using var scope = new TensorScope();
        layers[l - 1].Observe(hidden, mask, tap);
        KeepAttention(l, output, scope);
    }

    private static void KeepAttention(int l, BertEncoderOutput output, TensorScope scope)
    {
        if (output.AttentionScores.TryGetValue(l, out Tensor? scores)) scope.Keep(scores);
        if (output.AttentionProbabilities.TryGetValue(l, out Tensor? probabilities)) scope.Keep(probabilities);
    }

    // [batch, 1, hidden]: [CLS], or the token that is asked for.
    private Tensor One(Tensor hidden, Tensor? token) => token is null
        ? hidden.Narrow(1, 0, 1)
        : hidden.Gather(1, token.Reshape(-1, 1, 1).Expand(-1, 1, Config.HiddenSize));

    private void CheckLayers(OutputRequest request)
    {
        foreach (int layer in request.HiddenStates.Concat(request.ClsStates))
            if (layer < 0 || layer > Config.Layers) throw new DecantException($"Hidden state {layer} was asked for; the model has 0 (embeddings) to {Config.Layers}.");
        foreach (int layer in request.AttentionScores.Concat(request.AttentionProbabilities))
            if (layer < 1 || layer > Config.Layers) throw new DecantException($"Attention of layer {layer} was asked for; the model has layers 1 to {Config.Layers}.");
    }
}
