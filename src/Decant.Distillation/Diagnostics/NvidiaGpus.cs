namespace Decant.Distillation.Diagnostics;

/// <summary>The NVIDIA GPUs that the driver shows, whether or not libtorch can use them.</summary>
internal static class NvidiaGpus
{
    /// <summary>Their names, <c>NVIDIA H200</c> say; empty where there is no driver.</summary>
    public static IReadOnlyList<string> Names(string root = "/proc/driver/nvidia/gpus")
    {
        if (!Directory.Exists(root)) return [];
        List<string> names = [];
        foreach (string gpu in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            string file = Path.Combine(gpu, "information");
            string? model = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal)) : null;
            names.Add(model?["Model:".Length..].Trim() ?? "NVIDIA GPU");
        }
        return names;
    }
}
