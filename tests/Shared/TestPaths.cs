namespace Decant.Tests;

/// <summary>Where tests find goldens, data and models that do not travel with the project.</summary>
internal static class TestPaths
{
    public static string RepositoryRoot { get; } = FindRoot();
    public static string Goldens { get; } = Folder("DECANT_GOLDENS", "goldens");
    public static string Data { get; } = Folder("DECANT_DATA", "data");
    public static string Models { get; } = Folder("DECANT_MODELS", "models");

    /// <summary>The path below a folder; skips the test, saying why, where it is absent.</summary>
    public static string Require(string folder, string relative)
    {
        string path = Path.Combine(folder, relative);
        Skip.IfNot(File.Exists(path) || Directory.Exists(path),
            $"{path} is not there; set DECANT_GOLDENS, DECANT_DATA or DECANT_MODELS to run this test.");
        return path;
    }

    private static string Folder(string variable, string name) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set
            ? Path.GetFullPath(set)
            : Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", name));

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Decant.slnx"))) return at.FullName;
        throw new InvalidOperationException("Decant.slnx was not found above the test binaries.");
    }
}
