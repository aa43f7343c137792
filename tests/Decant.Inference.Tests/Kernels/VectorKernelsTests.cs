using Decant.Inference.Kernels;
using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Inference.Tests.Kernels;

public unsafe class VectorKernelsTests
{
    public static TheoryData<int> Widths => KernelCase.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void A_dense_layer_gives_the_sums_of_products(int width)
    {
        VectorKernels kernels = KernelCase.OfWidth(width);
        foreach ((int rows, int inputs, int outputs) in new[] { (1, 1, 1), (2, 3, 5), (3, 7, 48), (4, 8, 49), (7, 33, 100), (8, 16, 24), (13, 5, 13), (17, 64, 96), (70, 31, 7) })
        {
            using FloatMemory x = KernelCase.Matrix(rows, inputs, inputs + 3, seed: 1), weight = KernelCase.Matrix(outputs, inputs, inputs, 2), bias = KernelCase.Matrix(1, outputs, outputs, 3);
            using Tensor w = Tensor.From(new ReadOnlySpan<float>(weight.Start, outputs * inputs), outputs, inputs), b = Tensor.From(new ReadOnlySpan<float>(bias.Start, outputs), outputs);
            using var packed = new PackedMatrix(kernels, new DenseWeights(w, b, Scale: 2));
            int stride = outputs + kernels.PanelWidth;
            using FloatMemory y = KernelCase.Matrix(rows, stride, stride, 4);
            packed.Apply(x.Start, inputs + 3, rows, y.Start, stride);
            for (int row = 0; row < rows; row++)
                for (int output = 0; output < outputs; output++)
                {
                    double sum = bias.Start[output];
                    for (int i = 0; i < inputs; i++) sum += (double)x.Start[row * (inputs + 3) + i] * weight.Start[output * inputs + i];
                    Assert.Equal(2 * sum, y.Start[row * stride + output], 1e-5);
                }
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Layers_side_by_side_are_computed_whole_or_in_part(int width)
    {
        VectorKernels kernels = KernelCase.OfWidth(width);
        using Tensor first = Tensor.From((float[])[1, 2, 3, 4], 2, 2), second = Tensor.From((float[])[5, 6, 7, 8, 9, 10], 3, 2);
        using Tensor bias = Tensor.From((float[])[100, 200, 300], 3);
        using var packed = new PackedMatrix(kernels, new DenseWeights(first), new DenseWeights(second, bias));
        using FloatMemory x = KernelCase.Matrix(1, 2, 2, 1), y = KernelCase.Matrix(1, 5, 200, 1);
        (x.Start[0], x.Start[1]) = (1, 10);
        packed.Apply(x.Start, 2, 1, y.Start, 200);
        Assert.Equal((float[])[21, 43, 165, 287, 409], new Span<float>(y.Start, 5).ToArray());
        new Span<float>(y.Start, 5).Clear();
        packed.Apply(x.Start, 2, 1, y.Start, 200, 2, 5);
        Assert.Equal((float[])[165, 287, 409], new Span<float>(y.Start + 2, 3).ToArray());
    }

    [Theory, MemberData(nameof(Widths))]
    public void Gelu_is_x_times_the_normal_distribution(int width)
    {
        const int count = 4001;
        using FloatMemory x = KernelCase.Matrix(1, count, count, 1);
        for (int i = 0; i < count; i++) x.Start[i] = (i - 2000) / 200f;
        KernelCase.OfWidth(width).Gelu(x.Start, count);
        for (int i = 0; i < count; i += 3)
        {
            double value = (double)((i - 2000) / 200f);
            Assert.Equal(value * NormalDistribution(value), x.Start[i], 1e-6);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Gelu_and_relu_of_huge_numbers_are_finite(int width)
    {
        VectorKernels kernels = KernelCase.OfWidth(width);
        using FloatMemory x = KernelCase.Matrix(1, 2, 2, 1);
        (x.Start[0], x.Start[1]) = (1e30f, -1e30f);
        kernels.Gelu(x.Start, 2);
        Assert.Equal((float[])[1e30f, 0], new Span<float>(x.Start, 2).ToArray());
        (x.Start[0], x.Start[1]) = (3, -3);
        kernels.Relu(x.Start, 2);
        Assert.Equal((float[])[3, 0], new Span<float>(x.Start, 2).ToArray());
    }

    [Theory, MemberData(nameof(Widths))]
    public void Softmax_sums_to_one_and_has_the_right_ratios(int width)
    {
        foreach ((int columns, float scale) in new[] { (1, 1f), (2, 100f), (15, 30f), (16, 1f), (17, 1e4f), (100, 5f) })
        {
            using FloatMemory x = KernelCase.Matrix(3, columns, columns + 20, 1, scale), before = KernelCase.Matrix(3, columns, columns + 20, 1, scale);
            KernelCase.OfWidth(width).SoftMax(x.Start, 3, columns, columns + 20);
            for (int row = 0; row < 3; row++)
            {
                double[] logits = [.. new Span<float>(before.Start + row * (columns + 20), columns).ToArray().Select(v => (double)v)];
                double sum = logits.Sum(v => Math.Exp(v - logits.Max()));
                for (int i = 0; i < columns; i++)
                    Assert.Equal(Math.Exp(logits[i] - logits.Max()) / sum, x.Start[row * (columns + 20) + i], 1e-6);
            }
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Normalisation_divides_as_its_kind_says(int width)
    {
        foreach (int columns in (int[])[2, 8, 15, 33, 64])
            foreach (LayerNormKind kind in Enum.GetValues<LayerNormKind>())
            {
                const int stride = 90;
                VectorKernels kernels = KernelCase.OfWidth(width);
                using FloatMemory x = KernelCase.Matrix(2, columns, stride, 1), y = KernelCase.Matrix(2, columns, stride, 2), weight = KernelCase.Matrix(1, columns, columns, 3), result = KernelCase.Matrix(2, columns, stride, 4);
                using Tensor w = Tensor.From(new ReadOnlySpan<float>(weight.Start, columns), columns), b = Tensor.Full([columns], 0.25);
                using var norm = new PackedNorm(kernels, w, b, 0.1, kind);
                kernels.AddNormalize(x.Start, y.Start, 2, columns, stride, norm, result.Start);
                for (int row = 0; row < 2; row++)
                {
                    double[] sums = [.. Enumerable.Range(row * stride, columns).Select(i => (double)x.Start[i] + y.Start[i])];
                    double mean = sums.Average(), squares = sums.Sum(s => (s - mean) * (s - mean));
                    double divisor = kind == LayerNormKind.Standard ? Math.Sqrt(squares / columns + 0.1) : Math.Sqrt(squares / (columns - 1)) + 0.1;
                    for (int i = 0; i < columns; i++)
                        Assert.Equal((sums[i] - mean) / divisor * weight.Start[i] + 0.25, result.Start[row * stride + i], 1e-5);
                }
            }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Dots_look_at_their_columns_alone(int width)
    {
        foreach (int columns in (int[])[1, 4, 26, 64])
        {
            using FloatMemory x = KernelCase.Matrix(1, columns, columns, 1), y = KernelCase.Matrix(5, columns, columns + 9, 2), result = KernelCase.Matrix(1, 5, 5, 3);
            KernelCase.OfWidth(width).Dots(x.Start, y.Start, 5, columns, columns + 9, result.Start);
            for (int row = 0; row < 5; row++)
                Assert.Equal(Enumerable.Range(0, columns).Sum(i => (double)x.Start[i] * y.Start[row * (columns + 9) + i]), result.Start[row], 1e-5);
        }
    }

    [Fact]
    public void The_widest_comes_first() => Assert.Equal(VectorKernels.Supported().Max(k => k.VectorWidth), VectorKernels.Best.VectorWidth);

    // Φ(x) by Simpson's rule.
    private static double NormalDistribution(double x)
    {
        const int steps = 400;
        double h = x / steps, sum = 1 + Math.Exp(-x * x / 2);
        for (int i = 1; i < steps; i++) sum += (i % 2 == 1 ? 4 : 2) * Math.Exp(-(i * h) * (i * h) / 2);
        return 0.5 + sum * h / 3 / Math.Sqrt(2 * Math.PI);
    }
}
