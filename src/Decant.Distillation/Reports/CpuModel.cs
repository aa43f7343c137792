using System.Runtime.InteropServices;

namespace Decant.Distillation.Reports;

/// <summary>The processor's name as its maker tells it.</summary>
internal static class CpuModel
{
    private static readonly string[] Keys = ["model name", "Model", "Hardware"];

    /// <summary>The name where the system tells it without starting a program (Linux, Windows), else the architecture.</summary>
    public static string Name()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString();
        if (System.OperatingSystem.IsWindows())
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? architecture;
        const string path = "/proc/cpuinfo";
        try
        {
            return File.Exists(path) ? FromCpuInfo(File.ReadLines(path)) ?? architecture : architecture;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return architecture;
        }
    }

    /// <summary>Finds the name in the lines of <c>/proc/cpuinfo</c>.</summary>
    public static string? FromCpuInfo(IEnumerable<string> lines)
    {
        var fields = lines.Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim());
        return Keys.Select(key => fields[key].FirstOrDefault(value => value.Length > 0)).FirstOrDefault(value => value is not null);
    }
}
