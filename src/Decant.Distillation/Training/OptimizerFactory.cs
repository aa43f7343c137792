using Decant.Distillation.Recipes;
using Decant.Torch;
using Decant.Torch.Optim;

namespace Decant.Distillation.Training;

/// <summary>Makes the optimiser that a recipe names.</summary>
public static class OptimizerFactory
{
    /// <summary>An optimiser with zero moments.</summary>
    /// <param name="options">The recipe's options.</param>
    /// <param name="parameters">What is trained.</param>
    public static IOptimizer Create(OptimizerOptions options, IEnumerable<(string Name, Tensor Tensor)> parameters) =>
        new Adam(parameters, new AdamOptions
        {
            Beta1 = options.Betas[0],
            Beta2 = options.Betas[1],
            Epsilon = options.Epsilon,
            WeightDecay = options.WeightDecay,
            MaxGradNorm = options.Clip,
            ClipMode = options.ClipMode == Recipes.ClipMode.Global ? Torch.Optim.ClipMode.Global : Torch.Optim.ClipMode.PerTensor,
            BiasCorrection = options.Name == OptimizerName.AdamW,
        });
}
