using System.Globalization;
using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Text.Batching;

namespace Decant.Distillation.Planning;

/// <summary>What training will take in memory, roughly: weights, gradients and moments, and the activations of the largest batch.</summary>
internal static class MemoryEstimate
{
    private const double BytesPerValue = 4, TrainedCopies = 4; // weight, gradient, two moments

    public static string Describe(IClassifier student, IClassifier? teacher, IReadOnlyList<StageOptions> stages, EncodedDataSet train)
    {
        double weights = BytesPerValue * (TrainedCopies * student.ParameterCount + (teacher?.ParameterCount ?? 0));
        double activations = stages.Max(stage => Activations(student.Config, stage.BatchSize / stage.Accumulate * train.Choices, train.ExampleLengths().Max()));
        return string.Create(CultureInfo.InvariantCulture, $"about {(weights + activations) / 1e9:0.00} GB: {weights / 1e9:0.00} GB weights and moments, {activations / 1e9:0.00} GB activations of the longest batch");
    }

    // What autograd keeps of a layer: about 13 hidden-sized and 3 feed-forward-sized values a token, and 3 attention maps.
    private static double Activations(BertConfig config, double sequences, double tokens) =>
        BytesPerValue * sequences * tokens * Enumerable.Range(0, config.Layers).Sum(layer =>
            8 * config.HiddenSize + 5 * config.HeadsOf(layer) * config.HeadSize + 3 * config.IntermediateSizeOf(layer) + 3 * config.HeadsOf(layer) * tokens);
}
