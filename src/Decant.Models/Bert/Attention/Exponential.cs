using System.Runtime.Intrinsics;

namespace Decant.Models.Bert.Attention;

/// <summary>eˣ for a softmax, to the same bits however the runtime has compiled it (the library's own is an estimate).</summary>
internal static class Exponential
{
    // Below it eˣ is no normal number any more.
    private const float Lowest = -87;

    // Adding and subtracting it rounds to a whole number; the sum's last bits are that number.
    private const float Rounder = 12582912;

    /// <summary>2ⁿ eʳ with |r| ≤ ln 2 / 2, where the series of eʳ to the seventh power is exact to a unit in the last place.</summary>
    /// <param name="x">Up to 88.</param>
    /// <returns>0 below −87.</returns>
    public static Vector256<float> Of(Vector256<float> x)
    {
        Vector256<float> safe = Vector256.Max(x, Vector256.Create(Lowest));
        Vector256<float> rounded = safe * 1.44269504f + Vector256.Create(Rounder), n = rounded - Vector256.Create(Rounder);
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), safe);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        Vector256<float> p = Vector256.Create(1f / 5040);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<float>.One);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<float>.One);
        Vector256<int> exponent = (rounded.AsInt32() - Vector256.Create(Rounder).AsInt32() + Vector256.Create(127)) << 23;
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(Lowest)), Vector256<float>.Zero, p * exponent.AsSingle());
    }
}
