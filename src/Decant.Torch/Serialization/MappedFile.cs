using System.IO.MemoryMappedFiles;

namespace Decant.Torch.Serialization;

/// <summary>A file mapped for reading: pages are loaded when they are touched, and nothing is copied.</summary>
internal sealed unsafe class MappedFile : TensorMemory
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(string path, MemoryMappedFile file, MemoryMappedViewAccessor view, long length)
    {
        Path = path;
        _file = file;
        _view = view;
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + view.PointerOffset;
        Length = length;
    }

    /// <summary>The file as it was given, for messages.</summary>
    public string Path { get; }

    /// <summary>Maps a whole file.</summary>
    /// <exception cref="DecantException">It is missing, empty or not readable.</exception>
    public static MappedFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new DecantException($"{path} is a folder, where a file is expected.");
        if (!File.Exists(path))
            throw new DecantException($"{path} is not there.");
        try
        {
            // Others may replace the file while we read: an atomic rename leaves our mapping on the old content.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(handle);
            if (length == 0)
                throw new DecantException($"{path} is empty (0 bytes). It was probably cut off while being written or downloaded; get it again.");
            var file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            try
            {
                return new MappedFile(path, file, file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DecantException($"Cannot read {path}: {e.Message}", e);
        }
    }

    protected override void Release()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
