using Decant.Models.FastBert;

namespace Decant.Export.Graphs;

/// <summary>FastBERT's classifier after one layer (Liu et al. 2020, table 1) as a graph, and how unsure its answer is.</summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="weights">The weights.</param>
/// <param name="shape">The sizes of the classifiers.</param>
internal sealed class BranchGraph(GraphBuilder graph, IWeights weights, BranchShape shape)
{
    /// <summary>The layer's own answer.</summary>
    /// <param name="layer">The layer, from 1.</param>
    /// <param name="hidden">Its output, [batch, tokens, hidden].</param>
    /// <param name="mask">From <see cref="BertGraph.Mask"/>.</param>
    /// <returns>Logits, [batch, outputs].</returns>
    public Value Answer(int layer, Value hidden, Value mask)
    {
        using var _ = graph.In($"branches.{layer - 1}");
        Value Linear(Value x, string part) => weights.Linear(graph, x, $"branches.{layer - 1}.{part}");
        Value narrow = graph.Tanh(Linear(hidden, "narrow"));
        Value q = Heads(Linear(graph.Slice(narrow, graph.Integers(0), graph.Integers(1), 1), "attention.query"), 0, 2, 1, 3);
        Value k = Heads(Linear(narrow, "attention.key"), 0, 2, 3, 1);
        Value v = Heads(Linear(narrow, "attention.value"), 0, 2, 1, 3);
        Value scores = graph.Div(graph.MatMul(q, k), graph.Number(Math.Sqrt(shape.HeadSize), weights.Compute));
        // [batch, heads, 1, head size] is [batch, width] as it lies.
        Value context = graph.Reshape(graph.MatMul(graph.Softmax(graph.Add(scores, mask)), v), 0, shape.Width);
        return Linear(graph.Tanh(Linear(Linear(context, "attention.output"), "dense")), "classifier");
    }

    /// <summary>The entropy of an answer over its largest value (eq. 7): 0 is sure, 1 is guessing.</summary>
    /// <param name="logits">[batch, outputs], single precision.</param>
    /// <param name="outputs">How many classes there are.</param>
    /// <returns>[batch]</returns>
    public Value Uncertainty(Value logits, int outputs)
    {
        Value logProbabilities = graph.LogSoftmax(logits);
        Value sum = graph.Sum(graph.Mul(graph.Exp(logProbabilities), logProbabilities), keepAxis: false);
        return graph.Mul(sum, graph.Number(-1 / Math.Log(outputs), logits.DType));
    }

    // [batch, tokens, width] → [batch, heads, tokens, head size] in the order that is asked for
    private Value Heads(Value x, params long[] order) => graph.Transpose(graph.Reshape(x, 0, 0, shape.Heads, shape.HeadSize), order);
}
