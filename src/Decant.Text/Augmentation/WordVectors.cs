using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Decant.Text.Augmentation;

/// <summary>Word vectors (GloVe, word2vec), scaled to length 1, and which words are near which.</summary>
public sealed class WordVectors
{
    private readonly string[] _words;
    private readonly float[] _values; // [words × width]
    private readonly Dictionary<string, int> _places;
    private readonly ConcurrentDictionary<(int Place, int Count), string[]> _known = new();

    internal WordVectors(string[] words, float[] values, int width)
    {
        (_words, _values, Width) = (words, values, width);
        _places = new Dictionary<string, int>(words.Length, StringComparer.Ordinal);
        for (int i = 0; i < words.Length; i++) _places.TryAdd(words[i], i);
        for (int i = 0; i < words.Length; i++) Normalize(_values.AsSpan(i * width, width));
    }

    /// <summary>Numbers in a vector.</summary>
    public int Width { get; }

    /// <summary>How many words there are.</summary>
    public int Count => _words.Length;

    /// <summary>Reads vectors in text form: <c>word v1 v2 …</c> a line, with or without word2vec's first line of two numbers; gzip by its name.</summary>
    /// <param name="path">The file, in UTF-8; <c>.gz</c> is unpacked.</param>
    /// <param name="limit">Most vectors; files are sorted by frequency. Default: 100,000 (TinyBERT's code).</param>
    /// <exception cref="DecantException">The file is missing, damaged, or holds no vectors.</exception>
    public static WordVectors Load(string path, int limit = 100_000) => WordVectorReader.Read(path, limit);

    /// <summary>Whether a word has a vector.</summary>
    /// <param name="word">Compared exactly.</param>
    public bool Contains(string word) => _places.ContainsKey(word);

    /// <summary>The words with the largest cosine to a word, the nearest first, itself left out; of equals the earlier in the file. Words are looked for once.</summary>
    /// <param name="word">Compared exactly.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <returns>Fewer where there are fewer; none for an unknown word.</returns>
    public IReadOnlyList<string> Nearest(string word, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!_places.TryGetValue(word, out int place)) return [];
        return _known.GetOrAdd((place, count), key => Search(key.Place, key.Count));
    }

    private string[] Search(int place, int count)
    {
        ReadOnlySpan<float> wanted = Row(place);
        // The worst of the best is on top, so that it is the first to go.
        var best = new PriorityQueue<int, (float Cosine, int Earlier)>(count + 1);
        for (int i = 0; i < _words.Length; i++)
        {
            if (i == place || IsZero(Row(i))) continue;
            (float, int) rank = (Dot(wanted, Row(i)), -i);
            if (best.Count < count) best.Enqueue(i, rank);
            else best.EnqueueDequeue(i, rank);
        }
        var nearest = new string[best.Count];
        for (int i = nearest.Length - 1; i >= 0; i--) nearest[i] = _words[best.Dequeue()];
        return nearest;
    }

    private Span<float> Row(int place) => _values.AsSpan(place * Width, Width);

    private static bool IsZero(ReadOnlySpan<float> row) => row[0] == 0 && row.IndexOfAnyExcept(0f) < 0;

    private static void Normalize(Span<float> row)
    {
        double sum = 0;
        foreach (float value in row) sum += (double)value * value;
        if (sum == 0) return;
        double length = Math.Sqrt(sum);
        for (int i = 0; i < row.Length; i++) row[i] = (float)(row[i] / length);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++) sum += left[i] * right[i];
        float total = Vector.Sum(sum);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++) total += a[i] * b[i];
        return total;
    }
}
