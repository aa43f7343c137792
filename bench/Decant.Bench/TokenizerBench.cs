using System.Diagnostics;
using System.IO.Compression;
using Decant.Text.Tokenization;

namespace Decant.Bench;

/// <summary>How fast is the tokenizer? <c>tokenizer VOCABULARY TEXT[.gz] [seconds]</c>: one text a line, no truncation.</summary>
internal static class TokenizerBench
{
    public static void Run(string[] args)
    {
        if (args.Length is < 2 or > 3) throw new DecantException("usage: tokenizer VOCABULARY TEXT[.gz] [seconds]");
        double seconds = args.Length > 2 ? double.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 3;
        string[] lines = ReadLines(args[1]);
        long characters = lines.Sum(line => (long)line.Length);
        long bytes = lines.Sum(line => (long)System.Text.Encoding.UTF8.GetByteCount(line));
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"{args[1]}: {lines.Length} texts, {characters} characters, {bytes} bytes of UTF-8");

        Stopwatch load = Stopwatch.StartNew();
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(args[0]);
        Console.WriteLine($"load: {load.Elapsed.TotalMilliseconds:F1} ms (first in the process)");

        var buffer = new PieceBuffer();
        Measure("EncodePieces, 1 thread", seconds, lines.Length, characters, bytes, () =>
        {
            long pieces = 0;
            foreach (string line in lines)
            {
                buffer.Clear();
                pieces += tokenizer.EncodePieces(line, buffer);
            }
            return pieces;
        });
        Measure("Encode, 1 thread", seconds, lines.Length, characters, bytes, () =>
        {
            long pieces = 0;
            foreach (string line in lines) pieces += tokenizer.Encode(line).Ids.Length;
            return pieces;
        });
        (string, string?)[] texts = [.. lines.Select(line => (line, (string?)null))];
        for (int threads = 1; threads <= Environment.ProcessorCount; threads *= 2)
        {
            int count = threads;
            Measure($"EncodeBatch, {threads} thread(s)", seconds, lines.Length, characters, bytes,
                () => tokenizer.EncodeBatch(texts, new EncodeOptions(), count).Ids.Length);
        }
        Measure("EncodeBatch, 1 thread, maximum length 128", seconds, lines.Length, characters, bytes,
            () => tokenizer.EncodeBatch(texts, new EncodeOptions { MaxLength = 128 }, 1).Ids.Length);
    }

    /// <summary>Repeats for the given time after one pass of warm-up and prints the median and the best pass.</summary>
    private static void Measure(string name, double seconds, int texts, long characters, long bytes, Func<long> pass)
    {
        Stopwatch warm = Stopwatch.StartNew();
        do pass(); while (warm.Elapsed.TotalSeconds < 0.5); // long enough for the last tier of the JIT
        List<double> times = [];
        long pieces = 0;
        for (Stopwatch all = Stopwatch.StartNew(); all.Elapsed.TotalSeconds < seconds || times.Count < 3;)
        {
            Stopwatch one = Stopwatch.StartNew();
            pieces = pass();
            times.Add(one.Elapsed.TotalSeconds);
        }
        times.Sort();
        double median = times[times.Count / 2], best = times[0];
        Console.WriteLine(
            $"{name}: {pieces} pieces; {times.Count} passes; median {median * 1e3:F1} ms = {bytes / median / 1e6:F1} MB/s, {characters / median / 1e6:F1} M characters/s, {texts / median:F0} texts/s; best {bytes / best / 1e6:F1} MB/s");
    }

    private static string[] ReadLines(string path)
    {
        if (!File.Exists(path)) throw new DecantException($"{path} does not exist; give a text file with one text a line.");
        using Stream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
        List<string> lines = [];
        while (reader.ReadLine() is { } line) lines.Add(line);
        return [.. lines];
    }
}
