namespace Decant.Distillation.Reports.Charts;

/// <summary>What one direction of a chart means.</summary>
/// <param name="Label">What is shown, with its unit where the numbers do not tell: <c>Accuracy (%)</c>.</param>
/// <param name="Unit">How the numbers are written.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios; all values then have to be above 0.</param>
public sealed record Axis(string Label, AxisUnit Unit = AxisUnit.Number, bool IsLogarithmic = false);
