using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests;

/// <summary>Compares the gradients that autograd gives with central differences, in double precision.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    /// <summary>Normal numbers in double precision that ask for a gradient.</summary>
    public static Tensor Normal(int seed, params ReadOnlySpan<long> shape)
    {
        Tensor single = Tensor.Empty(shape);
        new RandomStream((ulong)seed, "finite differences").FillNormal(single.Span<float>(), 1);
        Tensor values = single.To(DType.Float64);
        values.RequiresGrad = true;
        return values;
    }

    /// <summary>Checks every element of every input.</summary>
    /// <param name="function">Gives a scalar; must give the same for the same inputs.</param>
    /// <param name="inputs">Leaves of double precision.</param>
    public static void Check(Func<Tensor> function, params ReadOnlySpan<Tensor> inputs)
    {
        using var scope = new TensorScope();
        foreach (Tensor input in inputs) input.Grad = null;
        function().Backward();
        for (int n = 0; n < inputs.Length; n++)
        {
            double[] gradient = (inputs[n].Grad ?? Tensor.Zeros(inputs[n].Shape, DType.Float64)).ToArray<double>();
            double scale = gradient.Select(Math.Abs).Max();
            for (int i = 0; i < gradient.Length; i++)
            {
                double expected = Slope(function, inputs[n], i);
                Assert.True(Math.Abs(expected - gradient[i]) <= 1e-6 * scale + 1e-8, $"input {n}[{i}]: differences give {expected:R}, autograd {gradient[i]:R}");
            }
        }
    }

    private static double Slope(Func<Tensor> function, Tensor input, int i)
    {
        using GradMode.Restore _ = GradMode.Off();
        double value = input.Span<double>()[i];
        double At(double x)
        {
            using var scope = new TensorScope();
            input.Span<double>()[i] = x;
            return function().ToScalar();
        }
        double slope = (At(value + Step) - At(value - Step)) / (2 * Step);
        input.Span<double>()[i] = value;
        return slope;
    }
}
