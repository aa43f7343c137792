using Decant.Torch;

namespace Decant.Export.Onnx;

/// <summary>A constant of a graph: a weight, a shape, a scale.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a single number.</param>
/// <param name="Make">Gives the values; the innermost scope owns what it makes.</param>
public sealed record OnnxTensor(string Name, DType DType, IReadOnlyList<long> Shape, Func<Tensor> Make)
{
    /// <summary>Bytes of the values.</summary>
    public long ByteCount => Shape.Aggregate(1L, (product, size) => checked(product * size)) * DType.ElementSize();
}
