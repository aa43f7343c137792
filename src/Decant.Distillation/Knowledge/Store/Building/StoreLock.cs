namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>Keeps two processes from building in one folder; the system drops the lock when a process dies.</summary>
internal static class StoreLock
{
    /// <summary>Takes the lock.</summary>
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
            throw new DecantException($"The knowledge store {folder.Path} cannot be locked; another process may be building it. Wait for it, or build into another folder. ({e.Message})", e);
        }
    }
}
