namespace Decant.Serving.Models;

/// <summary>What a model says of one input.</summary>
/// <param name="Scores">By output: probabilities of a softmax (one label of several), of a sigmoid each (multi-label), or the number itself (regression).</param>
/// <param name="Chosen">The outputs that are chosen: the most probable one, or those from 0.5 for multi-label; none for regression.</param>
/// <param name="ExitLayer">The layer after which an adaptive model was sure, from 1; null for a model that always runs to its end.</param>
public sealed record ModelAnswer(IReadOnlyList<float> Scores, IReadOnlyList<int> Chosen, int? ExitLayer = null);
