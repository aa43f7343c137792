using Decant.Tests;

namespace Decant.Cli.Tests;

/// <summary>
/// Texts that people read, as they were last agreed upon, in the folder <c>Expected</c>. After a wanted change run the tests once with
/// DECANT_ACCEPT=1 and look at the difference before it is committed.
/// </summary>
internal static class ExpectedText
{
    public static void Check(string name, string actual)
    {
        string path = Path.Combine(TestPaths.RepositoryRoot, "tests", "Decant.Cli.Tests", "Expected", name);
        // System.CommandLine breaks lines with the blank that it broke at.
        actual = string.Join('\n', actual.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
        if (Environment.GetEnvironmentVariable("DECANT_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{path} is missing.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
