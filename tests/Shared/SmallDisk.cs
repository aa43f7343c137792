using System.Diagnostics;

namespace Decant.Tests;

/// <summary>A real file system of a few hundred kilobytes, for disks that are full. Needs the right to mount; tests are skipped without it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _filler;

    private SmallDisk(string folder) => (Folder, _filler) = (folder, Path.Combine(folder, "filler"));

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Mounts an empty file system over a folder that is there.</summary>
    public static SmallDisk Mount(string folder, int kilobytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "a small file system can be mounted by root on Linux alone");
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder), "mounting is not permitted here, so no disk can be full");
        return new SmallDisk(folder);
    }

    /// <summary>Takes what space is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException) { /* full */ }
    }

    /// <summary>Leaves so many bytes, and no more.</summary>
    public void FillBut(int kilobytes)
    {
        Fill();
        using var file = new FileStream(_filler, FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length - kilobytes * 1024L);
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(_filler);

    public void Dispose() => Run("umount", Folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
