using Decant.Inference.Kernels;
using Decant.Models.Bert;

namespace Decant.Inference.Engines.Packed;

/// <summary>Embeddings and layers of a BERT, run one after another by a team of workers.</summary>
internal sealed unsafe class PackedEncoder : IDisposable
{
    private readonly PackedEmbeddings _embeddings;
    private readonly PackedLayer[] _layers;

    /// <param name="kernels">Who computes.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="config">The sizes layer by layer.</param>
    /// <param name="weights">Those below <c>bert</c>.</param>
    public PackedEncoder(VectorKernels kernels, LayerSizes sizes, BertConfig config, WeightSource weights)
    {
        _embeddings = new PackedEmbeddings(kernels, sizes, config, weights);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(l => new PackedLayer(l, kernels, sizes, config, weights.Below($"encoder.layer.{l}")))];
    }

    /// <summary>Transformer layers.</summary>
    public int Layers => _layers.Length;

    /// <summary>Writes this worker's rows of hidden state 0.</summary>
    public void Embed(RaggedRows texts, Activations activations, Team team)
    {
        (int first, int last) = team.RowsOf(texts.Rows);
        _embeddings.Run(texts, first, last, activations.Hidden);
    }

    /// <summary>Takes this worker's rows through a layer. The team meets once.</summary>
    /// <param name="layer">From 1.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="activations">Hidden is read and written.</param>
    /// <param name="team">The team.</param>
    /// <param name="scratch">Room.</param>
    public void RunLayer(int layer, RaggedRows texts, Activations activations, Team team, Scratch scratch)
    {
        (int first, int last) = team.RowsOf(texts.Rows);
        _layers[layer - 1].Project(first, last, activations);
        team.Meet();
        _layers[layer - 1].Finish(texts, first, last, activations, scratch);
    }

    /// <summary>Runs the last layer for the first tokens of this worker's texts alone. The team meets once.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="activations">Hidden is read.</param>
    /// <param name="team">The team.</param>
    /// <param name="memory">Its first tokens' hidden states are written, a row a text.</param>
    public void RunLastLayer(RaggedRows texts, Activations activations, Team team, Worker memory)
    {
        (int first, int last) = team.RowsOf(texts.Rows);
        _layers[^1].Project(first, last, activations, withQueries: false);
        team.Meet();
        (first, last) = team.TextsOf(texts.Count);
        _layers[^1].FinishFirstTokens(texts, first, last, activations, memory.FirstTokens, memory.Scratch);
    }

    public void Dispose()
    {
        _embeddings.Dispose();
        foreach (PackedLayer layer in _layers) layer.Dispose();
    }
}
