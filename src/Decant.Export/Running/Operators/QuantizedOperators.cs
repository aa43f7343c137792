using System.Numerics.Tensors;
using Decant.Export.Onnx;
using Decant.Torch;
using Tensor = Decant.Torch.Tensor;

namespace Decant.Export.Running.Operators;

/// <summary>Products of 8-bit integers, and the rounding before them.</summary>
internal static class QuantizedOperators
{
    public static IReadOnlyDictionary<string, OnnxOperator> All { get; } = new Dictionary<string, OnnxOperator>
    {
        ["DynamicQuantizeLinear"] = DynamicQuantizeLinear,
        ["MatMulInteger"] = MatMulInteger,
    };

    // The range always holds 0, so that 0 is exact; halves go to the even neighbour.
    private static Tensor[] DynamicQuantizeLinear(OnnxNode node, IReadOnlyList<Tensor> x)
    {
        Tensor from = x[0].Contiguous();
        ReadOnlySpan<float> values = from.Span<float>();
        float low = Math.Min(0, TensorPrimitives.Min(values)), high = Math.Max(0, TensorPrimitives.Max(values));
        float scale = high > low ? (high - low) / 255 : 1;
        float zero = Math.Clamp(MathF.Round(-low / scale), 0, 255);
        var rounded = new byte[values.Length];
        for (int i = 0; i < rounded.Length; i++) rounded[i] = (byte)Math.Clamp(MathF.Round(values[i] / scale) + zero, 0, 255);
        return [Tensor.From(rounded, from.Shape), Tensor.From([scale], []), Tensor.From([(byte)zero], [])];
    }

    // Sums of 8-bit products are whole numbers far below 2⁵³: double precision holds them exactly.
    private static Tensor[] MatMulInteger(OnnxNode node, IReadOnlyList<Tensor> x)
    {
        Tensor a = x[0].To(DType.Float64), b = x[1].To(DType.Float64);
        if (x.Count > 2) a -= x[2].To(DType.Float64);
        if (x.Count > 3) b -= x[3].To(DType.Float64);
        return [a.MatMul(b).To(DType.Int32)];
    }
}
