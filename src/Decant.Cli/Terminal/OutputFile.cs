namespace Decant.Cli.Terminal;

/// <summary>
/// Where results go: standard output as they come, or a file that takes its name when it is complete, so that no half
/// result lies about under it.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string? _path, _aside;

    private OutputFile(Stream stream, string? path, string? aside) => (Stream, _path, _aside) = (stream, path, aside);

    public Stream Stream { get; }

    /// <summary>Opens a file; null and <c>-</c> are standard output.</summary>
    public static OutputFile Open(string? path, Session session)
    {
        if (path is null or "-")
        {
            session.Output.Flush();
            return new(session.OutputStream, null, null);
        }
        string full = Path.GetFullPath(path), aside = $"{full}.{Environment.ProcessId}.tmp";
        if (Directory.Exists(full)) throw new DecantException($"{path} is a folder; name a file.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return new(new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16), full, aside);
    }

    /// <summary>Gives the file its name. Without this call nothing is left of it.</summary>
    public void Complete()
    {
        if (_path is null) return;
        Stream.Dispose();
        File.Move(_aside!, _path, overwrite: true);
    }

    public void Dispose()
    {
        if (_path is null) return;
        Stream.Dispose();
        File.Delete(_aside!);
    }
}
