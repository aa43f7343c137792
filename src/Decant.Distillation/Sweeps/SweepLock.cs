namespace Decant.Distillation.Sweeps;

/// <summary>Keeps two processes from running one sweep at the same time; the system drops the lock when a process dies.</summary>
internal static class SweepLock
{
    /// <summary>Takes the lock of a sweep's folder.</summary>
    /// <exception cref="DecantException">Somebody has it.</exception>
    internal static IDisposable Take(string folder)
    {
        string path = Path.Combine(folder, "sweep.lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"The sweep in {folder} cannot be locked; another process may be running it. Wait for it, or give this sweep another output folder. ({e.Message})", e);
        }
    }
}
