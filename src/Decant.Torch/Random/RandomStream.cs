using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Decant.Torch.Random;

/// <summary>
/// A counter-based random stream: the value at a place depends only on the seed, the stream's name and the place.
/// To save it, save <see cref="Position"/>; to resume it, set it back. Streams with other names do not overlap.
/// </summary>
public sealed class RandomStream
{
    private const uint Golden = 0x9E3779B9, MixA = 0x85EBCA6B, MixB = 0xC2B2AE35;
    private readonly uint keyLow, keyHigh;

    /// <summary>Opens a stream at its beginning.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">What the stream is for, <c>dropout</c> say.</param>
    public RandomStream(ulong seed, string name)
    {
        // The seed is mixed before the first letter joins it: otherwise (1, "b") and (2, "a") would be one stream.
        ulong key = SplitMix(seed);
        foreach (char c in name) key = SplitMix(key ^ c);
        key = SplitMix(key);
        (keyLow, keyHigh) = ((uint)key, (uint)(key >> 32));
    }

    private RandomStream(RandomStream other) => (keyLow, keyHigh, Position) = (other.keyLow, other.keyHigh, other.Position);

    /// <summary>The same stream from here on, with a position of its own.</summary>
    public RandomStream Clone() => new(this);

    /// <summary>How many 32-bit words were drawn.</summary>
    public ulong Position { get; set; }

    /// <summary>Fills a span with random 32-bit words.</summary>
    /// <param name="words">Overwritten.</param>
    public void Fill(Span<uint> words)
    {
        Fill(words, Position);
        Position += (ulong)words.Length;
    }

    /// <summary>Fills a span with the words of a place in the stream, wherever it stands. Any thread may.</summary>
    /// <param name="words">Overwritten.</param>
    /// <param name="at">The <see cref="Position"/> of the first.</param>
    public void Fill(Span<uint> words, ulong at)
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated) i = FillVector512(words, at);
        for (; i < words.Length; i++) words[i] = Word(at + (ulong)i);
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble()
    {
        ulong high = Word(Position++) >> 5, low = Word(Position++) >> 6;
        return (high * 67108864 + low) * (1.0 / 9007199254740992);
    }

    /// <summary>A whole number in [0, <paramref name="bound"/>).</summary>
    /// <param name="bound">Above 0.</param>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(NextDouble() * bound);
    }

    /// <summary>Fills a span with normal numbers (Box and Muller).</summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="deviation">Standard deviation.</param>
    public void FillNormal(Span<float> values, double deviation)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = deviation * Math.Sqrt(-2 * Math.Log(1 - NextDouble())), angle = 2 * Math.PI * NextDouble();
            values[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < values.Length) values[i + 1] = (float)(radius * Math.Sin(angle));
        }
    }

    /// <summary>Puts a list in random order (Fisher and Yates).</summary>
    /// <param name="items">Reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // Two rounds of a 32-bit finaliser over the counter, keyed before each: cheap, and without visible structure in the tests.
    private uint Word(ulong at)
    {
        uint x = ((uint)at * Golden) ^ keyLow;
        x = Mix(x) + keyHigh + (uint)(at >> 32) * MixA;
        return Mix(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * MixA;
        x = (x ^ (x >> 13)) * MixB;
        return x ^ (x >> 16);
    }

    private int FillVector512(Span<uint> words, ulong at)
    {
        // The vector path needs one upper half for the whole span.
        if ((at >> 32) != ((at + (ulong)words.Length) >> 32)) return 0;
        Vector512<uint> lane = Vector512<uint>.Indices;
        Vector512<uint> high = Vector512.Create(keyHigh + (uint)(at >> 32) * MixA), low = Vector512.Create(keyLow);
        int i = 0;
        for (; i <= words.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
        {
            Vector512<uint> x = ((Vector512.Create((uint)at + (uint)i) + lane) * Golden) ^ low;
            Mix(Mix(x) + high).CopyTo(words[i..]);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Mix(Vector512<uint> x)
    {
        x = (x ^ (x >>> 16)) * MixA;
        x = (x ^ (x >>> 13)) * MixB;
        return x ^ (x >>> 16);
    }

    private static ulong SplitMix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
