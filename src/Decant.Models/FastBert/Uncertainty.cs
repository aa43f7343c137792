namespace Decant.Models.FastBert;

/// <summary>FastBERT's measure of how unsure an answer is (Liu et al. 2020, eq. 7): U = Σ p log p / log(1/N), the entropy over its largest value; 0 is sure, 1 is guessing.</summary>
public static class Uncertainty
{
    /// <summary>The normalised entropy of an answer.</summary>
    /// <param name="logits">One sequence's logits, at least 2.</param>
    /// <param name="top">
    /// How many of the most probable classes count, from 2, their probabilities scaled to 1; 0 for all, as in the paper. With very many
    /// classes the entropy over all of them is never small.
    /// </param>
    /// <returns>From 0 to 1; 1 for logits that are not numbers, so that nobody leaves with them.</returns>
    public static double Of(ReadOnlySpan<float> logits, int top = 0)
    {
        if (top > 0 && top < logits.Length)
        {
            float[] sorted = logits.ToArray();
            Array.Sort(sorted);
            return Entropy(sorted.AsSpan(sorted.Length - top));
        }
        return Entropy(logits);
    }

    // With z the logits less their maximum and Z = Σ eᶻ: H = log Z − Σ z eᶻ / Z. Nothing overflows, and p = 0 gives 0.
    private static double Entropy(ReadOnlySpan<float> logits)
    {
        double maximum = float.NegativeInfinity;
        foreach (float logit in logits) maximum = Math.Max(maximum, logit);
        double sum = 0, weighted = 0;
        foreach (float logit in logits)
        {
            double z = logit - maximum, e = Math.Exp(z);
            sum += e;
            if (e > 0) weighted += z * e;
        }
        double uncertainty = (Math.Log(sum) - weighted / sum) / Math.Log(logits.Length);
        return double.IsNaN(uncertainty) ? 1 : Math.Clamp(uncertainty, 0, 1);
    }
}
