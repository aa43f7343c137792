using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>
/// Matrices in 8-bit integers with a scale for each output (row of W), and tables with a scale for each entry; everything else
/// stays in single precision. What goes into a matrix product is rounded to 8 bits while the model runs, with the scale that its
/// own range gives: dynamic quantisation, as ONNX Runtime's <c>quantize_dynamic</c> lays it out.
/// </summary>
/// <param name="parameters">The weights by name.</param>
/// <param name="bits">
/// Bits of the weights. 7 leaves room for the sums of two products in 16 bits, as processors without VNNI compute them; with 8
/// such processors cut sums off, and answers differ between machines.
/// </param>
internal sealed class QuantizedWeights(IReadOnlyDictionary<string, Tensor> parameters, int bits) : IWeights
{
    private readonly FloatWeights plain = new(parameters, DType.Float32);
    private readonly Dictionary<string, QuantizedMatrix> matrices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Value Values, Value Scale, Value ZeroPoint)> rounded = new(StringComparer.Ordinal);

    public DType Compute => DType.Float32;

    public Value Linear(GraphBuilder graph, Value x, string layer)
    {
        QuantizedMatrix matrix = Matrix($"{layer}.weight");
        int outputs = matrix.Scales.Length, inputs = matrix.Columns;
        Value weight = graph.Constant($"{layer}.weight_quantized", DType.Int8, [inputs, outputs], () => Tensor.From(matrix.Values, outputs, inputs).Transpose(0, 1));
        return Product(graph, x, weight, $"{layer}.weight", $"{layer}.bias");
    }

    public Value Decode(GraphBuilder graph, Value x, string table, string bias) =>
        Product(graph, x, graph.Transpose(Table(graph, table), 1, 0), table, bias);

    public Value Embedding(GraphBuilder graph, Value ids, string table)
    {
        Value rows = graph.Cast(graph.Gather(Table(graph, table), ids), DType.Float32);
        return graph.Mul(rows, graph.Unsqueeze(graph.Gather(Scales(graph, table), ids), -1));
    }

    public Value Plain(GraphBuilder graph, string name) => plain.Plain(graph, name);

    private Value Product(GraphBuilder graph, Value x, Value weight, string name, string bias)
    {
        // Query, key and value read the same states: they are rounded once.
        if (!rounded.TryGetValue(x.Name, out var input)) rounded[x.Name] = input = graph.DynamicQuantize(x);
        Value zeros = graph.Constant($"{name}_zero_point", DType.Int8, [Matrix(name).Scales.Length], () => Tensor.Zeros([Matrix(name).Scales.Length], DType.Int8));
        Value sums = graph.Cast(graph.MatMulInteger(input.Values, weight, input.ZeroPoint, zeros), DType.Float32);
        return graph.Add(graph.Mul(sums, graph.Mul(input.Scale, Scales(graph, name))), plain.Plain(graph, bias));
    }

    private Value Table(GraphBuilder graph, string name)
    {
        QuantizedMatrix matrix = Matrix(name);
        return graph.Constant($"{name}_quantized", DType.Int8, [matrix.Scales.Length, matrix.Columns], () => Tensor.From(matrix.Values, matrix.Scales.Length, matrix.Columns));
    }

    private Value Scales(GraphBuilder graph, string name)
    {
        float[] scales = Matrix(name).Scales;
        return graph.Constant($"{name}_scale", DType.Float32, [scales.Length], () => Tensor.From(scales, scales.Length));
    }

    private QuantizedMatrix Matrix(string name)
    {
        if (!matrices.TryGetValue(name, out QuantizedMatrix? matrix)) matrices[name] = matrix = QuantizedMatrix.Of(parameters[name], bits);
        return matrix;
    }
}
