namespace Decant.Distillation.Reports.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">Where along the horizontal axis.</param>
/// <param name="Y">The value; a line breaks at one that is not finite.</param>
/// <param name="Spread">Half the height of the band around the line, e.g. a standard deviation; 0 for none.</param>
public readonly record struct LinePoint(double X, double Y, double Spread = 0);

/// <summary>A line of a <see cref="LineChart"/>.</summary>
/// <param name="Name">What it is called in tooltips.</param>
/// <param name="Slot">Its colour: see <see cref="Palette"/>.</param>
/// <param name="Points">In rising order of X.</param>
public sealed record LineSeries(string Name, int Slot, IReadOnlyList<LinePoint> Points);

/// <summary>A level to compare lines with, such as the teacher's score.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Y">The level.</param>
public sealed record ReferenceLine(string Name, double Y);
