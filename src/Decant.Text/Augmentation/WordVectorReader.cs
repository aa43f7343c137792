using System.Globalization;
using System.IO.Compression;
using Decant.Text.Data.Files;

namespace Decant.Text.Augmentation;

/// <summary>Reads word vectors in text form.</summary>
internal static class WordVectorReader
{
    private const string Unknown = "<unk>"; // has a vector in GloVe, and is no word

    public static WordVectors Read(string path, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var words = new List<string>();
        var values = new List<float>();
        int width = 0;
        long promised = 0;
        try
        {
            foreach (TextLine line in Lines(path))
            {
                string text = line.Text.TrimEnd();
                if (text.Length == 0) continue;
                if (line.Number == 1 && Header(text) is { } count)
                {
                    promised = count;
                    continue;
                }
                if (width == 0) width = WidthOf(text, path, line.Number);
                int end = WordEnd(text, width, path, line.Number);
                Numbers(text.AsSpan(end + 1), width, values, path, line.Number);
                if (text.AsSpan(0, end).SequenceEqual(Unknown)) values.RemoveRange(values.Count - width, width);
                else words.Add(text[..end]);
                if (words.Count == limit) break;
            }
        }
        catch (InvalidDataException e)
        {
            throw new DecantException($"{path} is damaged: {e.Message} Fetch it again.", e);
        }
        if (words.Count == 0) throw new DecantException($"{path} holds no word vectors. A line is a word and its numbers, with blanks between them.");
        if (words.Count < Math.Min(promised - 1, limit))
            throw new DecantException($"{path}: the first line promises {promised} vectors, but there are {words.Count}. The file is not whole; fetch it again.");
        return new WordVectors([.. words], [.. values], width);
    }

    private static IEnumerable<TextLine> Lines(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return Utf8Lines.Read(path);
        return File.Exists(path) ? Unpacked(path) : throw new DecantException($"{path}: there is no such file.");
    }

    private static IEnumerable<TextLine> Unpacked(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        foreach (TextLine line in Utf8Lines.Read(stream, path)) yield return line;
    }

    // word2vec begins with the number of words and the width.
    private static long? Header(string text) =>
        text.Split(' ') is [var words, var width] && long.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? count : null;

    private static int WidthOf(string text, string path, int line) => text.AsSpan().Count(' ') is > 0 and var width
        ? width
        : throw new DecantException($"{path}: line {line} has no numbers. A line is a word and its numbers, with blanks between them.");

    // The numbers are counted from the end: some files have words with blanks in them.
    private static int WordEnd(string text, int width, string path, int line)
    {
        int at = text.Length;
        for (int i = 0; i < width; i++)
        {
            at = at > 0 ? text.LastIndexOf(' ', at - 1) : -1;
            if (at < 1)
                throw new DecantException($"{path}: line {line} has {text.AsSpan().Count(' ')} numbers, but the lines before have {width}.");
        }
        return at;
    }

    private static void Numbers(ReadOnlySpan<char> text, int width, List<float> values, string path, int line)
    {
        int read = 0;
        foreach (Range range in text.Split(' '))
        {
            if (!float.TryParse(text[range], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
                throw new DecantException($"{path}: line {line}: '{(text[range].Length > 40 ? text[range][..40] : text[range])}' is not a number.");
            values.Add(value);
            read++;
        }
        if (read != width) throw new DecantException($"{path}: line {line} has {read} numbers, but the lines before have {width}.");
    }
}
