using System.Numerics.Tensors;
using Decant.Torch;
using Tensor = Decant.Torch.Tensor;

namespace Decant.Export.Graphs;

/// <summary>A matrix in signed 8-bit integers with one scale a row: row r is Values[r] × Scales[r]. Zero stays exactly zero.</summary>
/// <param name="Values">Row-major, [rows × columns].</param>
/// <param name="Scales">[rows]</param>
internal sealed record QuantizedMatrix(sbyte[] Values, float[] Scales)
{
    /// <summary>Columns.</summary>
    public int Columns => Values.Length / Scales.Length;

    /// <summary>Rounds a matrix, row by row, so that the largest value of a row takes the largest integer.</summary>
    /// <param name="matrix">Float32, [rows, columns].</param>
    /// <param name="bits">7 or 8: integers from −63 to 63, or from −127 to 127.</param>
    public static QuantizedMatrix Of(Tensor matrix, int bits)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        int rows = (int)matrix.Size(0), columns = (int)matrix.Size(1), limit = (1 << (bits - 1)) - 1;
        ReadOnlySpan<float> from = matrix.Detach().To(Device.Cpu).To(DType.Float32).Contiguous().Span<float>();
        var values = new sbyte[rows * columns];
        var scales = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = from.Slice(r * columns, columns);
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude(row));
            scales[r] = largest > 0 ? largest / limit : 1;
            for (int c = 0; c < columns; c++) values[r * columns + c] = (sbyte)Math.Clamp(MathF.Round(row[c] / scales[r]), -limit, limit);
        }
        return new QuantizedMatrix(values, scales);
    }
}
