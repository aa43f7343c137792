using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>
/// A position table that starts as sines and cosines of many wavelengths (Vaswani et al. 2017, section 3.5) and is trained from there.
/// A position k before another is then a fixed rotation of it, which a model trained from scratch on little text would need long to find out.
/// </summary>
public static class SinusoidalPositions
{
    private const double LongestWave = 10_000;

    /// <summary>Fills a table: sines in even columns, cosines in odd ones.</summary>
    /// <param name="table">[positions, hidden]</param>
    /// <param name="deviation">Standard deviation of its values, as for the other weights; BERT's is 0.02.</param>
    public static void Fill(Tensor table, double deviation)
    {
        int hidden = checked((int)table.Size(1));
        double amplitude = deviation * Math.Sqrt(2); // a wave of amplitude 1 has a mean square of 1/2
        Span<float> values = table.Span<float>();
        for (int i = 0; i < values.Length; i++)
        {
            (int position, int column) = Math.DivRem(i, hidden);
            double angle = position / Math.Pow(LongestWave, (column & ~1) / (double)hidden);
            values[i] = (float)(amplitude * ((column & 1) == 0 ? Math.Sin(angle) : Math.Cos(angle)));
        }
    }
}
