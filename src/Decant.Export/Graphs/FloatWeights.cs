using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>Weights in single or half precision.</summary>
/// <param name="parameters">The weights by name.</param>
/// <param name="dtype">Float32 or Float16: of the weights, and of what is computed with them.</param>
internal sealed class FloatWeights(IReadOnlyDictionary<string, Tensor> parameters, DType dtype) : IWeights
{
    public DType Compute => dtype;

    public Value Linear(GraphBuilder graph, Value x, string layer)
    {
        Tensor weight = parameters[$"{layer}.weight"];
        // MatMul has no switch for it, so the matrix lies in the file as [inputs, outputs].
        Value transposed = graph.Constant($"{layer}.weight", dtype, [weight.Size(1), weight.Size(0)], () => weight.Detach().Transpose(0, 1).To(dtype));
        return graph.Add(graph.MatMul(x, transposed), Plain(graph, $"{layer}.bias"));
    }

    public Value Decode(GraphBuilder graph, Value x, string table, string bias) =>
        graph.Add(graph.MatMul(x, graph.Transpose(Plain(graph, table), 1, 0)), Plain(graph, bias));

    public Value Embedding(GraphBuilder graph, Value ids, string table) => graph.Gather(Plain(graph, table), ids);

    public Value Plain(GraphBuilder graph, string name)
    {
        Tensor weight = parameters[name];
        return graph.Constant(name, dtype, weight.Shape, () => weight.Detach().To(dtype));
    }
}
