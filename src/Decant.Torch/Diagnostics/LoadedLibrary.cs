using System.Diagnostics;

namespace Decant.Torch.Diagnostics;

/// <summary>A native library that is loaded into this process.</summary>
/// <param name="Path">The file, symbolic links followed.</param>
public sealed record LoadedLibrary(string Path)
{
    /// <summary>The file's name.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The folder that it is in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>The loaded libraries whose file name begins so, in the order in which the system lists them.</summary>
    /// <param name="prefix">Such as <c>libtorch_cpu</c>; case counts.</param>
    public static IReadOnlyList<LoadedLibrary> StartingWith(string prefix)
    {
        using Process process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>()
            .Where(module => module.ModuleName.StartsWith(prefix, StringComparison.Ordinal))
            .Select(module => module.FileName).Distinct().Select(path => new LoadedLibrary(path))];
    }

    /// <summary>The libtorch that this process runs on; null before the first tensor.</summary>
    public static LoadedLibrary? Torch => StartingWith("libtorch_cpu").FirstOrDefault() ?? StartingWith("libtorch").FirstOrDefault();
}
