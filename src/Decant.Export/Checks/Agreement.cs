namespace Decant.Export.Checks;

/// <summary>How far the outputs of an exported file are from those of the model, over the same examples.</summary>
/// <param name="Examples">How many examples both answered.</param>
/// <param name="LargestDifference">The largest difference between two outputs; NaN when either gave something that is no number.</param>
/// <param name="MeanDifference">The mean of all differences.</param>
/// <param name="LargestOutput">The model's largest output, signs aside.</param>
/// <param name="SameAnswers">Share of examples to which both give the same label, 0–1; null where outputs are no labels.</param>
public sealed record Agreement(int Examples, double LargestDifference, double MeanDifference, double LargestOutput, double? SameAnswers)
{
    /// <summary>The largest difference divided by the largest output, where that is above 1: what is held against the tolerance.</summary>
    public double RelativeDifference => LargestDifference / Math.Max(1, LargestOutput);
}
