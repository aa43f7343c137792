namespace Decant;

/// <summary>Writes files so that a reader sees the old content or the new, never a half: write aside, flush, rename.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> through <paramref name="write"/>; on any failure the old file is untouched.</summary>
    /// <param name="path">The file to replace or create. Its folder is created when missing.</param>
    /// <param name="write">Writes the new content.</param>
    /// <exception cref="DecantException">The file could not be written (disk full, no permission).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string aside = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(aside, full, overwrite: true);
        }
        catch (Exception e)
        {
            try { File.Delete(aside); } catch (IOException) { /* the first error is the one to tell */ }
            if (e is IOException or UnauthorizedAccessException)
                throw new DecantException($"Cannot write {full}: {e.Message} Nothing that was there before is lost; free some space or check the permissions, then try again.", e);
            throw;
        }
    }

    /// <summary>Writes UTF-8 text without a byte order mark, atomically.</summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="text">Its new content.</param>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
