namespace Decant.Distillation.Reports.Logging;

/// <summary>
/// The figures of a run as they come, one JSON object a line (<c>metrics.jsonl</c>). Lines are only ever appended, each
/// handed to the system whole, so that whoever reads along, or after a kill, finds complete lines and at most one torn
/// one at the end. Python reads it with <c>pandas.read_json(path, lines=True)</c>.
/// </summary>
public sealed class MetricsLog : IDisposable
{
    private readonly FileStream _stream;

    private MetricsLog(FileStream stream) => _stream = stream;

    /// <summary>The file.</summary>
    public string Path => _stream.Name;

    /// <summary>Starts a new log; a log that was there before is emptied.</summary>
    /// <param name="path">The file. Its folder is created when missing.</param>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public static MetricsLog Create(string path) => new(Open(path, FileMode.Create));

    /// <summary>
    /// Goes on with a log after a stop: entries after <paramref name="lastStep"/>, which the resumed run will write again,
    /// and a torn last line are cut off. A missing file is started.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="lastStep">The last step that the resumed run does not repeat; entries at this step are kept.</param>
    /// <exception cref="DecantException">The file cannot be written, or a line before the cut is not an entry.</exception>
    public static MetricsLog Resume(string path, long lastStep)
    {
        long keep = File.Exists(path)
            ? ReadLines(path).TakeWhile(line => line.Entry.Step <= lastStep).Select(line => line.End).LastOrDefault()
            : 0;
        var stream = Open(path, FileMode.OpenOrCreate);
        stream.SetLength(keep);
        stream.Seek(0, SeekOrigin.End);
        return new MetricsLog(stream);
    }

    /// <summary>Appends an entry and hands it to the operating system.</summary>
    /// <param name="entry">The figures. Steps may not run backwards, or <see cref="Resume"/> would cut too much.</param>
    /// <exception cref="DecantException">The file cannot be written (disk full, say).</exception>
    public void Write(MetricsEntry entry)
    {
        byte[] line = MetricsLine.Encode(entry);
        long before = _stream.Position;
        try
        {
            _stream.Write(line);
            _stream.Flush();
        }
        catch (IOException e)
        {
            // Half a line must not stay: whoever frees space and writes on would make it an unreadable one.
            try { _stream.SetLength(before); } catch (IOException) { /* the first error is the one to tell */ }
            throw Unwritable(Path, e);
        }
    }

    /// <summary>Reads all complete entries of a log, also of one that is still being written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is missing, or a line is not an entry (its number is named).</exception>
    public static IReadOnlyList<MetricsEntry> Read(string path) => [.. ReadLines(path).Select(line => line.Entry)];

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static IEnumerable<(MetricsEntry Entry, long End)> ReadLines(string path)
    {
        byte[] bytes = ReadAll(path);
        for (int start = 0, number = 1; start < bytes.Length; number++)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            if (end < 0) yield break; // Torn by a kill while it was being written.
            yield return (Decode(bytes.AsMemory(start, end - start), path, number), end + 1);
            start = end + 1;
        }
    }

    private static MetricsEntry Decode(ReadOnlyMemory<byte> line, string path, int number)
    {
        try
        {
            return MetricsLine.Decode(line);
        }
        catch (FormatException e)
        {
            throw new DecantException($"{path}, line {number}: not an entry of a metrics log ({e.Message}). Delete the line, or start the run afresh.", e);
        }
    }

    private static byte[] ReadAll(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"Cannot read the metrics log {path}: {e.Message}", e);
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            return new FileStream(full, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(full, e);
        }
    }

    private static DecantException Unwritable(string path, Exception e) =>
        new($"Cannot write the metrics log {path}: {e.Message} Free some space or check the permissions, then resume the run.", e);
}
