using Decant.Export.Onnx;
using Decant.Torch;

namespace Decant.Export.Running.Operators;

/// <summary>Activations and normalisation.</summary>
internal static class NeuralOperators
{
    public static IReadOnlyDictionary<string, OnnxOperator> All { get; } = new Dictionary<string, OnnxOperator>
    {
        ["Tanh"] = (_, x) => [x[0].Tanh()],
        ["Relu"] = (_, x) => [x[0].Relu()],
        ["LogSoftmax"] = (node, x) => [x[0].LogSoftmax(node.Integer("axis", -1))],
        ["ReduceSum"] = ReduceSum,
        ["Softmax"] = (node, x) => [x[0].Softmax(node.Integer("axis", -1))],
        ["LayerNormalization"] = LayerNormalization,
    };

    private static Tensor[] ReduceSum(OnnxNode node, IReadOnlyList<Tensor> x) => x.Count == 2 && x[1].Count == 1
        ? [x[0].Sum((long)x[1].ToScalar(), node.Integer("keepdims", 1) == 1)]
        : throw new DecantException($"{node.Name} sums over other than one axis, which is not computed here.");

    private static Tensor[] LayerNormalization(OnnxNode node, IReadOnlyList<Tensor> x)
    {
        if (node.Integer("axis", -1) is var axis && axis != -1 && axis != x[0].Rank - 1)
            throw new DecantException($"{node.Name} normalises from axis {axis}; only the last axis is computed here.");
        return [x[0].LayerNorm(x[1], x[2], node.Number("epsilon", 1e-5))];
    }
}
