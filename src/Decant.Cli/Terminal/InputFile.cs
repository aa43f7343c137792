namespace Decant.Cli.Terminal;

/// <summary>A file to read, or standard input.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly bool _isOwn;

    private InputFile(string name, Stream stream, bool isOwn) => (Name, Stream, _isOwn) = (name, stream, isOwn);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    public Stream Stream { get; }

    /// <summary>Opens a file; null and <c>-</c> are standard input.</summary>
    /// <exception cref="DecantException">It cannot be read.</exception>
    public static InputFile Open(string? path, Session session)
    {
        if (path is null or "-") return new("standard input", session.InputStream, isOwn: false);
        if (Directory.Exists(path)) throw new DecantException($"{path} is a folder; name a file.");
        if (!File.Exists(path)) throw new DecantException($"{path} does not exist.");
        return new(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), isOwn: true);
    }

    public void Dispose()
    {
        if (_isOwn) Stream.Dispose();
    }
}
