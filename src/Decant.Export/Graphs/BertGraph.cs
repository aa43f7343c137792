using Decant.Export.Onnx;
using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>
/// The BERT encoder as a graph, layer by layer. Attention, GELU and normalisation have the form that runtimes look for, so that
/// they fuse them into their own operators.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="weights">The weights.</param>
/// <param name="config">The sizes.</param>
internal sealed class BertGraph(GraphBuilder graph, IWeights weights, BertConfig config)
{
    private const double Masked = -10000;

    // The second factor of a word table in two is small: it stays as it is in every precision.
    private Value Factor => weights.Plain(graph, "bert.embeddings.word_embeddings2.weight");

    private string Words => config.EmbeddingRank is null ? "bert.embeddings.word_embeddings.weight" : "bert.embeddings.word_embeddings1.weight";

    /// <summary>Word, position and segment embeddings, normalised.</summary>
    /// <param name="ids">[batch, tokens]</param>
    /// <param name="types">[batch, tokens]</param>
    /// <param name="rows">Name of the first axis.</param>
    /// <returns>[batch, tokens, hidden]</returns>
    public Value Embed(Value ids, Value types, OnnxAxis rows)
    {
        using var _ = graph.In("bert/embeddings");
        const string Name = "bert.embeddings";
        Value tokens = graph.Slice(graph.Shape(ids), graph.Integers(1), graph.Integers(2), 0);
        Value positions = graph.Slice(weights.Plain(graph, $"{Name}.position_embeddings.weight"), graph.Integers(0), tokens, 0);
        Value words = weights.Embedding(graph, ids, Words);
        if (config.EmbeddingRank is not null) words = graph.MatMul(words, graph.Transpose(Factor, 1, 0));
        Value segments = graph.Gather(weights.Plain(graph, $"{Name}.token_type_embeddings.weight"), types);
        // That the sum has as many tokens as its parts is hidden in Slice; runtimes fuse only what they know the shape of.
        Value sum = graph.Describe(graph.Add(graph.Add(words, segments), positions), rows, "sequence_length", config.HiddenSize);
        return Norm(sum, $"{Name}.LayerNorm");
    }

    /// <summary>What is added to attention scores: 0 for real tokens, −10000 for padding.</summary>
    /// <param name="mask">1 for real tokens and 0 for padding, [batch, tokens].</param>
    /// <returns>[batch, 1, 1, tokens]</returns>
    public Value Mask(Value mask)
    {
        using var _ = graph.In("bert");
        Value real = graph.Cast(graph.Unsqueeze(graph.Unsqueeze(mask, 1), 2), weights.Compute);
        return graph.Mul(graph.Sub(graph.Number(1, weights.Compute), real), graph.Number(Masked, weights.Compute));
    }

    /// <summary>One transformer layer.</summary>
    /// <param name="layer">Its number, from 1.</param>
    /// <param name="hidden">[batch, tokens, hidden]</param>
    /// <param name="mask">From <see cref="Mask"/>.</param>
    /// <param name="clsOnly">Computes the output of the first token alone: keys and values still come from all.</param>
    /// <returns>[batch, tokens or 1, hidden]</returns>
    public Value Layer(int layer, Value hidden, Value mask, bool clsOnly)
    {
        using var _ = graph.In($"bert/encoder/layer.{layer - 1}");
        string name = $"bert.encoder.layer.{layer - 1}";
        Value attended = Attention(layer - 1, name, hidden, clsOnly ? First(hidden) : hidden, mask);
        Value inner = weights.Linear(graph, attended, $"{name}.intermediate.dense");
        Value outer = weights.Linear(graph, config.HiddenActivation == "relu" ? graph.Relu(inner) : graph.Gelu(inner), $"{name}.output.dense");
        return Norm(graph.Add(outer, attended), $"{name}.output.LayerNorm");
    }

    /// <summary>All layers.</summary>
    /// <param name="hidden">[batch, tokens, hidden]</param>
    /// <param name="mask">From <see cref="Mask"/>.</param>
    /// <param name="clsOnly">Whether of the last layer only the first token is wanted.</param>
    public Value Layers(Value hidden, Value mask, bool clsOnly)
    {
        for (int layer = 1; layer <= config.Layers; layer++) hidden = Layer(layer, hidden, mask, clsOnly && layer == config.Layers);
        return hidden;
    }

    /// <summary>tanh(W [CLS] + b).</summary>
    /// <param name="hidden">[batch, tokens or 1, hidden]</param>
    /// <returns>[batch, hidden]</returns>
    public Value Pool(Value hidden)
    {
        using var _ = graph.In("bert/pooler");
        return graph.Tanh(weights.Linear(graph, graph.Squeeze(First(hidden), 1), "bert.pooler.dense"));
    }

    /// <summary>Scores of all words: the decoder of a masked language model is the word table.</summary>
    /// <param name="states">[batch, tokens, hidden]</param>
    /// <returns>[batch, tokens, vocabulary]</returns>
    public Value Decode(Value states) =>
        weights.Decode(graph, config.EmbeddingRank is null ? states : graph.MatMul(states, Factor), Words, "cls.predictions.bias");

    /// <summary>Layer normalisation with the weights of that name.</summary>
    public Value Norm(Value x, string name)
    {
        Value weight = weights.Plain(graph, $"{name}.weight"), bias = weights.Plain(graph, $"{name}.bias");
        return config.LayerNorm == LayerNormKind.Standard ? graph.LayerNorm(x, weight, bias, config.LayerNormEpsilon) : Unbiased(x, weight, bias);
    }

    // UER's normalisation: ONNX has no operator for it.
    private Value Unbiased(Value x, Value weight, Value bias)
    {
        Value N(double value) => graph.Number(value, x.DType);
        Value centred = graph.Sub(x, graph.Sum(graph.Mul(x, N(1.0 / config.HiddenSize)), keepAxis: true));
        Value deviation = graph.Sqrt(graph.Sum(graph.Mul(graph.Mul(centred, centred), N(1.0 / (config.HiddenSize - 1))), keepAxis: true));
        return graph.Add(graph.Div(graph.Mul(weight, centred), graph.Add(deviation, N(config.LayerNormEpsilon))), bias);
    }

    private Value Attention(int place, string layer, Value hidden, Value queries, Value mask)
    {
        int heads = config.HeadsOf(place);
        using var _ = graph.In("attention");
        Value q = Heads(weights.Linear(graph, queries, $"{layer}.attention.self.query"), heads, 0, 2, 1, 3);
        Value k = Heads(weights.Linear(graph, hidden, $"{layer}.attention.self.key"), heads, 0, 2, 3, 1);
        Value v = Heads(weights.Linear(graph, hidden, $"{layer}.attention.self.value"), heads, 0, 2, 1, 3);
        Value scores = graph.Div(graph.MatMul(q, k), graph.Number(Math.Sqrt(config.HeadSize), weights.Compute));
        Value context = graph.MatMul(graph.Softmax(graph.Add(scores, mask)), v);
        Value joined = graph.Reshape(graph.Transpose(context, 0, 2, 1, 3), 0, 0, heads * config.HeadSize);
        return Norm(graph.Add(weights.Linear(graph, joined, $"{layer}.attention.output.dense"), queries), $"{layer}.attention.output.LayerNorm");
    }

    // [batch, tokens, heads × head size] → [batch, heads, tokens, head size] in the order that is asked for
    private Value Heads(Value x, int heads, params long[] order) => graph.Transpose(graph.Reshape(x, 0, 0, heads, config.HeadSize), order);

    private Value First(Value hidden) => graph.Slice(hidden, graph.Integers(0), graph.Integers(1), 1);
}
