namespace Decant.Inference;

/// <summary>A label and how probable it is.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Score">Its probability, in [0, 1].</param>
public readonly record struct LabelScore(string Label, float Score);
