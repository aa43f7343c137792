using System.Numerics.Tensors;
using Decant.Models.Checkpoints;

namespace Decant.Inference;

/// <summary>What a model says of one text.</summary>
public sealed class Prediction
{
    private readonly IReadOnlyList<string> _labels;
    private readonly int? _topK;
    private LabelScore[]? _top;

    private Prediction(float[] scores, int[] chosen, IReadOnlyList<string> labels, int? topK) =>
        (Scores, Chosen, _labels, _topK) = (scores, chosen, labels, topK);

    /// <summary>
    /// Probabilities in the order of the model's labels: a softmax for one label of several, a sigmoid each for multi-label.
    /// For regression the number alone.
    /// </summary>
    public IReadOnlyList<float> Scores { get; }

    /// <summary>The labels that are chosen, as places in <see cref="Scores"/>: the most probable one, or those from 0.5 for multi-label; none for regression.</summary>
    public IReadOnlyList<int> Chosen { get; }

    /// <summary>The most probable label; null for regression. For multi-label it need not be among the chosen.</summary>
    public string? Label => _labels.Count == 0 ? null : Top[0].Label;

    /// <summary>The probability of <see cref="Label"/>; null for regression.</summary>
    public float? Score => _labels.Count == 0 ? null : Top[0].Score;

    /// <summary>Labels with their probabilities, the most probable first, as many as <see cref="PredictOptions.TopK"/> asked for; empty for regression.</summary>
    public IReadOnlyList<LabelScore> Top => _top ??= Rank();

    /// <summary>The number that a regression model gives; null for the others.</summary>
    public float? Value => _labels.Count == 0 ? Scores[0] : null;

    /// <summary>The layer, from 1, whose branch decided; null for models without adaptive exit.</summary>
    public int? ExitLayer { get; private init; }

    /// <summary>Turns the outputs of a network into an answer.</summary>
    /// <param name="logits">[outputs]</param>
    /// <param name="problem">What they mean.</param>
    /// <param name="labels">One for each output; empty for regression.</param>
    /// <param name="topK">How many labels to rank; null for all.</param>
    /// <param name="exitLayer">Where a text left the network.</param>
    internal static Prediction From(ReadOnlySpan<float> logits, ProblemType problem, IReadOnlyList<string> labels, int? topK = null, int? exitLayer = null)
    {
        float[] scores = new float[logits.Length];
        int[] chosen = [];
        switch (problem)
        {
            case ProblemType.Regression:
                logits.CopyTo(scores);
                break;
            case ProblemType.MultiLabel:
                TensorPrimitives.Sigmoid(logits, scores);
                chosen = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] >= 0.5f)];
                break;
            default:
                TensorPrimitives.SoftMax(logits, scores);
                chosen = [TensorPrimitives.IndexOfMax(logits)];
                break;
        }
        return new Prediction(scores, chosen, labels, topK) { ExitLayer = exitLayer };
    }

    private LabelScore[] Rank() =>
    [
        .. Enumerable.Range(0, _labels.Count).OrderByDescending(i => Scores[i]).Take(_topK ?? int.MaxValue)
            .Select(i => new LabelScore(_labels[i], Scores[i])),
    ];
}
