using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>First values of new weights: Normal(0, deviation) for matrices, zeros for biases, ones for layer-norm weights, as in the original BERT code.</summary>
/// <param name="random">Where the numbers come from.</param>
/// <param name="deviation">Standard deviation; 0.02 in BERT.</param>
public sealed class Initializer(RandomStream random, double deviation)
{
    /// <summary>Draws nothing: for models whose weights are all read from a checkpoint.</summary>
    public static Initializer Empty { get; } = new(new RandomStream(0, "unused"), 0);

    /// <summary>A matrix of normal numbers; of zeros when the deviation is 0.</summary>
    /// <param name="shape">Sizes, outermost first.</param>
    public Tensor Normal(params ReadOnlySpan<long> shape)
    {
        if (deviation == 0) return Tensor.Zeros(shape);
        Tensor tensor = Tensor.Empty(shape);
        random.FillNormal(tensor.Span<float>(), deviation);
        return tensor;
    }

    /// <summary>Numbers drawn evenly from ±<paramref name="bound"/>; zeros when the deviation is 0.</summary>
    /// <param name="bound">The largest.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    public Tensor Uniform(double bound, params ReadOnlySpan<long> shape)
    {
        if (deviation == 0) return Tensor.Zeros(shape);
        Tensor tensor = Tensor.Empty(shape);
        foreach (ref float value in tensor.Span<float>()) value = (float)((2 * random.NextDouble() - 1) * bound);
        return tensor;
    }

    /// <summary>Zeros.</summary>
    /// <param name="size">How many.</param>
    public static Tensor Zeros(long size) => Tensor.Zeros([size]);

    /// <summary>Ones.</summary>
    /// <param name="size">How many.</param>
    public static Tensor Ones(long size) => Tensor.Full([size], 1);
}
