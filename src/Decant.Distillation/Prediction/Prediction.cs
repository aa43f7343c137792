using Decant.Models.Checkpoints;

namespace Decant.Distillation.Prediction;

/// <summary>What a model says of one text.</summary>
/// <param name="Scores">Probabilities by output: a softmax for one label of several, a sigmoid each for multi-label; the number itself for regression.</param>
/// <param name="Chosen">The outputs that are chosen: the most probable one, or those from 0.5 for multi-label; none for regression.</param>
public sealed record Prediction(float[] Scores, int[] Chosen)
{
    internal static Prediction From(ReadOnlySpan<float> logits, ProblemType? problem) => problem switch
    {
        ProblemType.Regression => new Prediction(logits.ToArray(), []),
        ProblemType.MultiLabel => OfMany(logits),
        _ => OfOne(logits),
    };

    private static Prediction OfOne(ReadOnlySpan<float> logits)
    {
        var scores = new float[logits.Length];
        System.Numerics.Tensors.TensorPrimitives.SoftMax(logits, scores);
        return new Prediction(scores, [System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits)]);
    }

    private static Prediction OfMany(ReadOnlySpan<float> logits)
    {
        var scores = new float[logits.Length];
        System.Numerics.Tensors.TensorPrimitives.Sigmoid(logits, scores);
        return new Prediction(scores, [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] >= 0.5f)]);
    }
}
