namespace Decant.Models.FastBert;

/// <summary>What <see cref="AdaptiveClassifier"/> says of a batch, in the batch's order.</summary>
/// <param name="Outputs">Logits per sequence.</param>
/// <param name="Logits">[batch × outputs], row-major: of the layer at which each sequence left.</param>
/// <param name="ExitLayers">Layers that were run for each sequence, from 1.</param>
/// <param name="Uncertainty">How unsure each answer is, from 0 to 1 (see <see cref="FastBert.Uncertainty"/>).</param>
public sealed record AdaptiveResult(int Outputs, float[] Logits, int[] ExitLayers, float[] Uncertainty)
{
    /// <summary>The logits of one sequence.</summary>
    /// <param name="row">Its place in the batch.</param>
    public ReadOnlySpan<float> LogitsOf(int row) => Logits.AsSpan(row * Outputs, Outputs);

    /// <summary>Layers that were run for a sequence on average.</summary>
    public double MeanLayers => ExitLayers.Average();
}
