namespace Decant.Export.Onnx;

/// <summary>One operator of a graph and what it is connected to.</summary>
/// <param name="Name">Its name, such as <c>/bert/encoder/layer.0/attention/self/query/MatMul</c>.</param>
/// <param name="Operator">The operator, such as <c>MatMul</c>; all are of ONNX's own set.</param>
/// <param name="Inputs">Names of values; an empty name is an optional input that is left out.</param>
/// <param name="Outputs">Names of the values that it gives.</param>
/// <param name="Attributes">Its settings.</param>
public sealed record OnnxNode(
    string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes);
