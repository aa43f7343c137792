namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>
/// Lets one process build in a folder, or any number read it: a repair may shorten a file that a reader has mapped.
/// The system drops the lock when a process dies.
/// </summary>
internal static class StoreLock
{
    /// <summary>Takes the lock for building.</summary>
    /// <exception cref="DecantException">Somebody has it, or the folder cannot be written.</exception>
    public static IDisposable Take(StoreFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"The knowledge store {folder.Path} cannot be locked; another process may be building it or training from it. Wait for it, or build into another folder. ({e.Message})", e);
        }
    }

    /// <summary>Takes part in the lock for reading; null where a store came without its lock file, on a read-only disk say.</summary>
    /// <exception cref="DecantException">The store is being built.</exception>
    public static IDisposable? Share(StoreFolder folder)
    {
        try
        {
            return File.Exists(folder.Lock) ? new FileStream(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.Read) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"The knowledge store {folder.Path} is being built or repaired by another process. Wait for it. ({e.Message})", e);
        }
    }
}
