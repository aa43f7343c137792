using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>How a model's weights are written down, and what computes with them. Weights go by their Hugging Face names.</summary>
internal interface IWeights
{
    /// <summary>Element type of what flows between the layers.</summary>
    DType Compute { get; }

    /// <summary>x Wᵀ + b over the last axis.</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="x">[…, inputs]</param>
    /// <param name="layer">The layer: its weights are <c>layer.weight</c> and <c>layer.bias</c>.</param>
    Value Linear(GraphBuilder graph, Value x, string layer);

    /// <summary>x Tᵀ + b, T being a table that <see cref="Embedding"/> reads too: the decoder of a masked language model.</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="x">[…, width]</param>
    /// <param name="table">Name of the table, [entries, width].</param>
    /// <param name="bias">Name of the bias, [entries].</param>
    Value Decode(GraphBuilder graph, Value x, string table, string bias);

    /// <summary>Rows of a table.</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="ids">Int64, any shape.</param>
    /// <param name="table">Name of the table, [entries, width].</param>
    /// <returns>[…ids, width]</returns>
    Value Embedding(GraphBuilder graph, Value ids, string table);

    /// <summary>A weight as it is, in the type that is computed with.</summary>
    /// <param name="graph">Where the constant goes.</param>
    /// <param name="name">Its name.</param>
    Value Plain(GraphBuilder graph, string name);
}
