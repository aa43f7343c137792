namespace Decant.Inference.Engines.Packed;

/// <summary>What a call wants to know, and what it was told. Workers write different texts at the same time.</summary>
/// <param name="count">Texts of the call.</param>
/// <param name="outputs">Logits of a text.</param>
/// <param name="speed">See <see cref="PredictOptions.Speed"/>.</param>
internal sealed class Answers(int count, int outputs, double speed)
{
    /// <summary>The uncertainty at which texts may leave; 0 for never.</summary>
    public double Speed => speed;

    /// <summary>[texts, outputs]</summary>
    public float[] Logits { get; } = new float[count * outputs];

    /// <summary>Layers that were run for each text.</summary>
    public int[] ExitLayers { get; } = new int[count];

    /// <summary>Writes the answer for a text.</summary>
    /// <param name="place">Where it stands in the call.</param>
    /// <param name="logits">[outputs]</param>
    /// <param name="layer">Layers that were run for it.</param>
    public void Set(int place, ReadOnlySpan<float> logits, int layer)
    {
        logits.CopyTo(Logits.AsSpan(place * outputs, outputs));
        ExitLayers[place] = layer;
    }
}
