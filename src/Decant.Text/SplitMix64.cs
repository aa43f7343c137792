namespace Decant.Text;

/// <summary>
/// A small seeded random stream (Steele, Lea, Flood 2014). Its numbers are part of what makes a run reproducible,
/// so they must not change with the version of .NET, as those of <see cref="Random"/> may.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream for one purpose: other purposes and counters give unrelated numbers.</summary>
    public static SplitMix64 For(long seed, ulong purpose, long counter)
    {
        ulong state = Mix((ulong)seed + 0x9E3779B97F4A7C15);
        state = Mix(state ^ Mix(purpose));
        return new SplitMix64(Mix(state + Mix((ulong)counter)));
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A whole number, 0 … <paramref name="bound"/> − 1, without bias (Lemire 2019).</summary>
    public int Next(int bound)
    {
        uint range = (uint)bound;
        ulong product = (Next() >> 32) * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold) product = (Next() >> 32) * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
