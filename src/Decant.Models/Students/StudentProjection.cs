using Decant.Models.Checkpoints;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Students;

/// <summary>
/// The linear layer from a narrow student's width to its teacher's that some checkpoints carry beside the student: TinyBERT's <c>fit_dense</c>, trained in
/// general distillation. Later TinyBERT checkpoints have one for each layer (<c>fit_denses.0</c> …); those are not read.
/// </summary>
/// <param name="Weight">[teacher width × student width], row-major.</param>
/// <param name="Bias">[teacher width]</param>
/// <param name="StudentWidth">Width of the student's hidden states.</param>
/// <param name="TeacherWidth">Width of the teacher's.</param>
public sealed record StudentProjection(float[] Weight, float[] Bias, int StudentWidth, int TeacherWidth)
{
    private const string WeightName = "fit_dense.weight", BiasName = "fit_dense.bias";

    /// <summary>The projection of a model directory; null where it has none.</summary>
    /// <param name="directory">The student's checkpoint.</param>
    /// <exception cref="DecantException">Weights are damaged, or weight and bias do not fit together.</exception>
    public static StudentProjection? Read(ModelDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        using ICheckpoint weights = directory.OpenWeights();
        if (Named(weights, WeightName) is not { } weight) return null;
        long[] shape = weight.Shape.ToArray();
        if (Named(weights, BiasName) is not { } bias || shape.Length != 2 || bias.Shape is not [var size] || size != shape[0])
            throw new DecantException($"{weights.Path}: '{weight.Name}' is {weight} and needs a '{BiasName}' of as many rows. The file is not whole.");
        using var scope = new TensorScope();
        return new StudentProjection(weight.ToTensor().ToArray<float>(), bias.ToTensor().ToArray<float>(), (int)shape[1], (int)shape[0]);
    }

    // What a wrapper put before all names does not matter.
    private static RawTensor? Named(ICheckpoint weights, string name) =>
        weights.Names.FirstOrDefault(n => n == name || n.EndsWith("." + name, StringComparison.Ordinal)) is { } found ? weights.Get(found) : null;
}
