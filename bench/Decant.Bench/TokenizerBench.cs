using System.Diagnostics;
using System.IO.Compression;
using Decant.Text.Tokenization;

namespace Decant.Bench;

/// <summary>How fast is the tokenizer? <c>tokenizer VOCABULARY TEXT[.gz] [seconds] [--save DIRECTORY]</c>; one text a line.</summary>
internal static class TokenizerBench
{
    public static void Run(string[] args)
    {
        string? directory = null;
        if (args is [.. var before, "--save", var last]) (args, directory) = (before, last);
        if (args.Length is < 2 or > 3) throw new DecantException("usage: tokenizer VOCABULARY TEXT[.gz] [seconds] [--save DIRECTORY]");
        double seconds = args.Length > 2 ? double.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 3;
        string[] lines = ReadLines(args[1]);
        long characters = lines.Sum(line => (long)line.Length);
        long bytes = lines.Sum(line => (long)System.Text.Encoding.UTF8.GetByteCount(line));
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"{args[1]}: {lines.Length} texts, {characters} characters, {bytes} bytes of UTF-8");

        Stopwatch load = Stopwatch.StartNew();
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(args[0]);
        Console.WriteLine($"load: {load.Elapsed.TotalMilliseconds:F1} ms (first in the process)");

        if (directory is not null) tokenizer.Save(directory);
        Console.WriteLine($"hash of the pieces: {Hash(tokenizer, lines):x8}");

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

    /// <summary>Repeats for the given time after one pass of warm-up and prints the median and the best pass,
    /// and the mean over the processor time, which other work on the machine does not take away.</summary>
    private static void Measure(string name, double seconds, int texts, long characters, long bytes, Func<long> pass)
    {
        Stopwatch warm = Stopwatch.StartNew();
        do pass(); while (warm.Elapsed.TotalSeconds < 0.5); // long enough for the last tier of the JIT
        List<double> times = [];
        long pieces = 0;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (Stopwatch all = Stopwatch.StartNew(); all.Elapsed.TotalSeconds < seconds || times.Count < 3;)
        {
            Stopwatch one = Stopwatch.StartNew();
            pieces = pass();
            times.Add(one.Elapsed.TotalSeconds);
        }
        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds / times.Count;
        times.Sort();
        double median = times[times.Count / 2], best = times[0];
        Console.WriteLine(
            $"{name}: {pieces} pieces; {times.Count} passes; median {median * 1e3:F1} ms = {bytes / median / 1e6:F1} MB/s, {characters / median / 1e6:F1} M characters/s, {texts / median:F0} texts/s; best {bytes / best / 1e6:F1} MB/s; per processor second {bytes / processor / 1e6:F1} MB");
    }

    /// <summary>FNV-1a over the ids without special tokens, the same as <c>bench/tokenizer/huggingface.mjs</c> prints.</summary>
    private static uint Hash(WordPieceTokenizer tokenizer, string[] lines)
    {
        uint hash = 0x811C9DC5;
        var buffer = new PieceBuffer();
        foreach (string line in lines)
        {
            buffer.Clear();
            tokenizer.EncodePieces(line, buffer);
            foreach (int id in buffer.Ids) hash = (hash ^ (uint)id) * 0x01000193;
        }
        return hash;
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
