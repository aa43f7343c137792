namespace Decant.Inference.Kernels;

/// <summary>
/// The weights of a dense layer in the order in which <see cref="VectorKernels.Multiply"/> reads them: panels of
/// <see cref="VectorKernels.PanelWidth"/> outputs, within a panel input after input; the last panel is filled with zeros.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    private readonly VectorKernels _kernels;
    private readonly FloatMemory _panels, _bias;

    /// <param name="kernels">Who will multiply.</param>
    /// <param name="parts">Weights [outputs, inputs] and biases [outputs] of layers that read the same input: their outputs stand side by side.</param>
    public PackedMatrix(VectorKernels kernels, params ReadOnlySpan<DenseWeights> parts)
    {
        _kernels = kernels;
        Inputs = parts[0].Inputs;
        foreach (DenseWeights part in parts) Outputs += part.Outputs;
        int width = kernels.PanelWidth, panels = (Outputs + width - 1) / width;
        _panels = new FloatMemory((nint)panels * width * Inputs);
        _bias = new FloatMemory(panels * width);
        int output = 0;
        foreach (DenseWeights part in parts)
        {
            Pack(part, output);
            output += part.Outputs;
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>y = x Wᵀ + b.</summary>
    /// <param name="x">[rows, inputs]</param>
    /// <param name="xStride">Floats from row to row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="y">[rows, outputs]</param>
    /// <param name="yStride">Floats from row to row; <see cref="VectorKernels.PanelWidth"/> − 1 more than the outputs at least.</param>
    public void Apply(float* x, nint xStride, int rows, float* y, nint yStride) => Apply(x, xStride, rows, y, yStride, 0, Outputs);

    /// <summary>Some of the outputs; up to a panel more on either side is written, each in its own column.</summary>
    /// <param name="x">[rows, inputs]</param>
    /// <param name="xStride">Floats from row to row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="y">[rows, all outputs]</param>
    /// <param name="yStride">Floats from row to row.</param>
    /// <param name="first">The first output that is wanted.</param>
    /// <param name="last">The one behind the last.</param>
    public void Apply(float* x, nint xStride, int rows, float* y, nint yStride, int first, int last)
    {
        int width = _kernels.PanelWidth;
        first -= first % width;
        _kernels.Multiply(x, xStride, rows, Inputs, _panels.Start + (nint)first * Inputs, width, (nint)width * Inputs, last - first, _bias.Start + first, y + first, yStride);
    }

    public void Dispose()
    {
        _panels.Dispose();
        _bias.Dispose();
    }

    private void Pack(DenseWeights part, int firstOutput)
    {
        ReadOnlySpan<float> weights = part.Weight.Span<float>(), biases = part.Bias is { } bias ? bias.Span<float>() : [];
        int width = _kernels.PanelWidth;
        for (int row = 0; row < part.Outputs; row++)
        {
            int output = firstOutput + row;
            float* to = _panels.Start + (nint)(output / width) * width * Inputs + output % width;
            foreach (float weight in weights.Slice(row * Inputs, Inputs))
            {
                *to = weight * part.Scale;
                to += width;
            }
            if (biases.Length > 0) _bias.Start[output] = biases[row] * part.Scale;
        }
    }
}
