using System.Text;

namespace Decant.Distillation.Augmentation;

/// <summary>
/// The file that grows: aside until it is whole, beside it a state that says how much of it counts. Rows are on disk before the state says so;
/// what a killed call wrote beyond it is cut off by the next.
/// </summary>
internal sealed class AugmentationOutput : IDisposable
{
    private readonly string _path, _part, _statePath;
    private readonly FileStream _stream;

    private AugmentationOutput(string path, FileStream stream, AugmentationState state) =>
        (_path, _part, _statePath, _stream, State) = (path, PartOf(path), StateOf(path), stream, state);

    /// <summary>How far it is.</summary>
    public AugmentationState State { get; private set; }

    /// <summary>Opens the file, at its beginning or where a stopped call left it.</summary>
    /// <exception cref="DecantException">It is being written, or belongs to other work, or is damaged, or cannot be written.</exception>
    public static AugmentationOutput Open(string path, AugmentationState fresh)
    {
        string part = PartOf(path);
        if (Directory.Exists(path)) throw new DecantException($"{path} is a folder; name a file.");
        FileStream stream = Try(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        });
        try
        {
            AugmentationState state = AugmentationState.Read(StateOf(path), fresh) ?? fresh;
            if (stream.Length < state.Bytes)
                throw new DecantException($"{part} has {stream.Length} bytes, but {StateOf(path)} counts {state.Bytes}. It was changed by something else; remove both to begin anew.");
            stream.SetLength(state.Bytes);
            stream.Position = state.Bytes;
            return new AugmentationOutput(path, stream, state);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Adds lines that hold more rows.</summary>
    public void Append(StringBuilder lines, long rows, long written) => Try(_path, () =>
    {
        foreach (ReadOnlyMemory<char> chunk in lines.GetChunks()) _stream.Write(Encoding.UTF8.GetBytes(chunk.ToArray()));
        _stream.Flush(flushToDisk: true);
        State = State with { Rows = State.Rows + rows, Written = State.Written + written, Bytes = _stream.Position };
        State.Write(_statePath);
        return true;
    });

    /// <summary>Gives the file its name.</summary>
    public void Complete() => Try(_path, () =>
    {
        _stream.Dispose();
        File.Move(_part, _path, overwrite: true);
        File.Delete(_statePath);
        return true;
    });

    public void Dispose()
    {
        try { _stream.Dispose(); }
        catch (IOException) { /* what could not be flushed is made again */ }
    }

    private static string PartOf(string path) => path + ".part";

    private static string StateOf(string path) => path + ".state.json";

    private static T Try<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"Cannot write {path}: {e.Message} What was done so far is kept, unless another process is at it; the same call goes on.", e);
        }
    }
}
