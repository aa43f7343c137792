using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Torch.Tests.Optim;

public sealed class AdamTests : IDisposable
{
    private static readonly (string Name, int Size)[] shapes = [("dense.weight", 133), ("dense.bias", 7), ("LayerNorm.weight", 16), ("one.weight", 1)];
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    public static TheoryData<AdamOptions> Kinds => new(
        AdamOptions.BertAdam,
        AdamOptions.AdamW,
        AdamOptions.BertAdam with { ClipMode = ClipMode.Global, MaxGradNorm = 0.5 },
        AdamOptions.AdamW with { MaxGradNorm = 0, WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.98, Epsilon = 1e-3 });

    // On the CPU a kernel of our own serves single precision; ATen operators serve everything else, here double precision.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kernel_and_operators_follow_the_equations(AdamOptions options)
    {
        (string Name, Tensor Tensor)[] single = Parameters(DType.Float32), twice = Parameters(DType.Float64);
        (string Name, double[] Values)[] exact = [.. twice.Select(p => (p.Name, p.Tensor.ToArray<double>()))];
        using Adam kernel = new(single, options), operators = new(twice, options);
        var reference = new AdamReference(options, exact);
        for (int step = 1; step <= 20; step++)
        {
            double[]?[] gradients = [.. shapes.Select((s, p) => step == 3 && p == 1 ? null : Gradient(step, p, s.Size))];
            SetGradients(single, gradients, DType.Float32);
            SetGradients(twice, gradients, DType.Float64);
            kernel.Step(0.01);
            operators.Step(0.01);
            reference.Step(0.01, gradients);
        }
        Assert.Equal(20, kernel.Steps);
        for (int p = 0; p < exact.Length; p++)
        {
            AssertClose(exact[p].Values, single[p].Tensor, 1e-5);
            // The norm, from which the clip follows, is taken in single precision.
            AssertClose(exact[p].Values, twice[p].Tensor, 1e-7);
        }
    }

    [Fact]
    public void A_long_tensor_gets_the_bits_of_its_elements_by_themselves()
    {
        var options = AdamOptions.BertAdam with { MaxGradNorm = 0 };
        float[] values = Normal(1, 77), gradient = Normal(2, 77);
        (string Name, Tensor Tensor)[] whole = [("weight", Tensor.From(values, 77))];
        (string Name, Tensor Tensor)[] parts = [.. values.Select((v, i) => ($"weight{i}", Tensor.From([v], 1)))];
        using Adam one = new(whole, options), many = new(parts, options);
        for (int step = 0; step < 5; step++)
        {
            whole[0].Tensor.Grad = Tensor.From(gradient, 77);
            for (int i = 0; i < parts.Length; i++) parts[i].Tensor.Grad = Tensor.From([gradient[i]], 1);
            one.Step(0.01);
            many.Step(0.01);
        }
        Assert.Equal(parts.Select(p => p.Tensor.ToArray<float>()[0]), whole[0].Tensor.ToArray<float>());
    }

    [Fact]
    public void Gradients_need_not_be_contiguous()
    {
        float[] gradient = Normal(2, 12);
        (string Name, Tensor Tensor)[] a = [("weight", Tensor.Zeros([3, 4]))], b = [("weight", Tensor.Zeros([3, 4]))];
        using Adam one = new(a, AdamOptions.BertAdam), other = new(b, AdamOptions.BertAdam);
        a[0].Tensor.Grad = Tensor.From(gradient, 4, 3).Transpose(0, 1);
        b[0].Tensor.Grad = Tensor.From(gradient, 4, 3).Transpose(0, 1).Contiguous();
        one.Step(0.1);
        other.Step(0.1);
        Assert.Equal(b[0].Tensor.ToArray<float>(), a[0].Tensor.ToArray<float>());
    }

    [Fact]
    public void Frozen_parameters_and_those_without_a_gradient_stay_as_they_are()
    {
        Tensor frozen = Tensor.From(Normal(1, 9), 9), unused = Tensor.From(Normal(2, 9), 9), used = Tensor.From(Normal(3, 9), 9);
        unused.RequiresGrad = used.RequiresGrad = true;
        (float[] frozenBefore, float[] unusedBefore, float[] usedBefore) = (frozen.ToArray<float>(), unused.ToArray<float>(), used.ToArray<float>());
        using var adam = new Adam([("frozen", frozen), ("unused", unused), ("used", used)], AdamOptions.BertAdam);
        (frozen * used).Sum().Backward();
        adam.Step(0.1);
        Assert.Equal(frozenBefore, frozen.ToArray<float>());
        Assert.Equal(unusedBefore, unused.ToArray<float>());
        Assert.NotEqual(usedBefore, used.ToArray<float>());
        Assert.All(adam.State(), s => Assert.Equal(s.Name.EndsWith(".used", StringComparison.Ordinal), s.Tensor.ToArray<float>().Any(x => x != 0)));
        adam.ZeroGrad();
        Assert.Null(used.Grad);
    }

    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NegativeInfinity, 0)]
    public void A_gradient_that_is_not_finite_changes_nothing_and_is_named(float value, double maxNorm)
    {
        (string Name, Tensor Tensor)[] parameters = Parameters(DType.Float32);
        using var adam = new Adam(parameters, AdamOptions.BertAdam with { MaxGradNorm = maxNorm });
        SetGradients(parameters, [.. shapes.Select((s, p) => Gradient(1, p, s.Size))], DType.Float32);
        adam.Step(0.1);
        float[][] before = [.. parameters.Select(p => p.Tensor.ToArray<float>()), .. adam.State().Select(s => s.Tensor.ToArray<float>())];
        parameters[2].Tensor.Grad!.Span<float>()[5] = value;
        var error = Assert.Throws<NonFiniteGradientException>(() => adam.Step(0.1));
        Assert.Equal("The gradient of 'LayerNorm.weight' is not finite. No parameter was changed.", error.Message);
        Assert.Equal("LayerNorm.weight", error.Parameter);
        Assert.Equal(1, adam.Steps);
        float[][] after = [.. parameters.Select(p => p.Tensor.ToArray<float>()), .. adam.State().Select(s => s.Tensor.ToArray<float>())];
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i]);
    }

    [Fact]
    public void State_and_steps_go_on_in_another_optimiser_to_the_same_bits()
    {
        (string Name, Tensor Tensor)[] parameters = Parameters(DType.Float32);
        using var adam = new Adam(parameters, AdamOptions.AdamW);
        void Step(Adam by, (string, Tensor)[] of, int step)
        {
            SetGradients(of, [.. shapes.Select((s, p) => Gradient(step, p, s.Size))], DType.Float32);
            by.Step(0.01);
        }
        for (int step = 1; step <= 5; step++) Step(adam, parameters, step);

        (string Name, Tensor Tensor)[] copies = [.. parameters.Select(p => (p.Name, p.Tensor.Clone()))];
        using var resumed = new Adam(copies, AdamOptions.AdamW) { Steps = adam.Steps };
        Assert.Equal(adam.State().Select(s => s.Name), resumed.State().Select(s => s.Name));
        Assert.Equal(["exp_avg.dense.weight", "exp_avg_sq.dense.weight"], adam.State().Select(s => s.Name).Take(2));
        foreach (((_, Tensor to), (_, Tensor from)) in resumed.State().Zip(adam.State())) to.CopyFrom(from);
        for (int step = 6; step <= 10; step++)
        {
            Step(adam, parameters, step);
            Step(resumed, copies, step);
        }
        for (int p = 0; p < copies.Length; p++) Assert.Equal(parameters[p].Tensor.ToArray<float>(), copies[p].Tensor.ToArray<float>());
    }

    private static (string Name, Tensor Tensor)[] Parameters(DType dtype) =>
        [.. shapes.Select((s, p) => (s.Name, Tensor.From(Normal(p, s.Size), s.Size).To(dtype).Clone()))];

    private static void SetGradients((string Name, Tensor Tensor)[] parameters, double[]?[] gradients, DType dtype)
    {
        for (int p = 0; p < parameters.Length; p++)
            parameters[p].Tensor.Grad = gradients[p] is { } g ? Tensor.From(g, g.Length).To(dtype) : null;
    }

    // Some norms are above the clip and some below; the bias gets an exact zero once.
    private static double[] Gradient(int step, int parameter, int size) =>
        [.. Normal(100 * step + parameter, size).Select(g => step == 5 && parameter == 1 ? 0 : g * (step % 3 == 0 ? 3.0 : 0.01))];

    private static float[] Normal(int seed, int size)
    {
        var values = new float[size];
        new RandomStream((ulong)seed, "adam").FillNormal(values, 1);
        return values;
    }

    private static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        foreach ((double e, double a) in expected.Zip(actual.ToArray<double>())) Assert.Equal(e, a, tolerance * (1 + Math.Abs(e)));
    }
}
