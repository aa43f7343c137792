namespace Decant.Distillation.Speed;

/// <summary>What one speed gives and costs.</summary>
/// <param name="Speed">The uncertainty at which a text may leave.</param>
/// <param name="Metrics">The task's metrics, in its order.</param>
/// <param name="ExitLayers">Layers that were run for each example, from 1, in the data's order.</param>
/// <param name="Flops">Mean floating-point operations of a text, as FastBERT counts them.</param>
/// <param name="TextsPerSecond">By the clock, for each batch size of the curve.</param>
public sealed record SpeedPoint(
    double Speed, IReadOnlyList<KeyValuePair<string, double>> Metrics, IReadOnlyList<int> ExitLayers, double Flops, IReadOnlyList<double> TextsPerSecond)
{
    /// <summary>Layers that were run for a text on average.</summary>
    public double MeanLayers => ExitLayers.Average();

    /// <summary>The share of texts that left at each layer, first layer first.</summary>
    /// <param name="layers">Layers of the model.</param>
    public double[] ExitShares(int layers) => [.. Enumerable.Range(1, layers).Select(layer => ExitLayers.Count(exit => exit == layer) / (double)ExitLayers.Count)];
}
