using Decant.Export.Onnx;
using Decant.Torch;

namespace Decant.Export.Running.Operators;

/// <summary>Computes one node.</summary>
/// <param name="node">The node, for its settings.</param>
/// <param name="inputs">Its inputs.</param>
/// <returns>Its outputs, in order.</returns>
internal delegate Tensor[] OnnxOperator(OnnxNode node, IReadOnlyList<Tensor> inputs);

/// <summary>The operators that can be computed here: all that exports use.</summary>
internal static class OperatorTable
{
    /// <summary>Operators by name.</summary>
    public static IReadOnlyDictionary<string, OnnxOperator> All { get; } =
        new[] { ArithmeticOperators.All, LayoutOperators.All, NeuralOperators.All, QuantizedOperators.All }
            .SelectMany(family => family).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>Operators that move half-precision values about without computing with them.</summary>
    public static bool OnlyMoves(string op) => LayoutOperators.All.ContainsKey(op);

    /// <summary>An integer setting of a node.</summary>
    public static long Integer(this OnnxNode node, string name, long otherwise) =>
        node.Attributes.FirstOrDefault(a => a.Name == name)?.Integer ?? otherwise;

    /// <summary>A number setting of a node.</summary>
    public static double Number(this OnnxNode node, string name, double otherwise) =>
        node.Attributes.FirstOrDefault(a => a.Name == name)?.Number ?? otherwise;

    /// <summary>Integer settings of a node.</summary>
    public static long[]? Integers(this OnnxNode node, string name) =>
        node.Attributes.FirstOrDefault(a => a.Name == name)?.Integers?.ToArray();
}
