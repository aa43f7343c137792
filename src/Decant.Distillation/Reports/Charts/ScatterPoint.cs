namespace Decant.Distillation.Reports.Charts;

/// <summary>A point of a <see cref="ScatterChart"/>.</summary>
/// <param name="Name">What is written beside it.</param>
/// <param name="Slot">Its colour and shape: see <see cref="Palette"/>.</param>
/// <param name="X">Where along the horizontal axis.</param>
/// <param name="Y">Where along the vertical axis.</param>
/// <param name="Spread">Half the height of the error bar; 0 for none.</param>
/// <param name="Samples">The single values behind <paramref name="Y"/>, drawn as faint dots.</param>
public sealed record ScatterPoint(string Name, int Slot, double X, double Y, double Spread = 0, IReadOnlyList<double>? Samples = null);
