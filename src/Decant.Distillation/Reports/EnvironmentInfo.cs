using System.Reflection;
using System.Runtime.InteropServices;

namespace Decant.Distillation.Reports;

/// <summary>The machine and software that produced a result: without it a figure cannot be judged or repeated.</summary>
public sealed record EnvironmentInfo
{
    /// <summary>Decant's version, e.g. <c>0.1.0</c>.</summary>
    public required string Decant { get; init; }

    /// <summary>The git commit Decant was built from, where known.</summary>
    public string? Commit { get; init; }

    /// <summary>Operating system and version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor model, or its architecture where the model is not told.</summary>
    public required string Cpu { get; init; }

    /// <summary>Logical processors that this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory that this process may use, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>.NET runtime version.</summary>
    public required string DotNet { get; init; }

    /// <summary>Threads used for tensor operators; <see langword="null"/> where no tensors were involved.</summary>
    public int? Threads { get; init; }

    /// <summary>Version of libtorch; <see langword="null"/> where none was loaded.</summary>
    public string? Libtorch { get; init; }

    /// <summary>The library for matrix products, e.g. <c>OpenBLAS 0.3.21</c>; <see langword="null"/> where unknown.</summary>
    public string? Blas { get; init; }

    /// <summary>The device computed on, e.g. <c>cpu</c> or a GPU's name; <see langword="null"/> where unknown.</summary>
    public string? Device { get; init; }

    /// <summary>Looks at this machine.</summary>
    /// <param name="libtorch">Version of libtorch, which this class cannot know.</param>
    /// <param name="threads">Threads used for tensor operators.</param>
    /// <param name="blas">The library for matrix products.</param>
    /// <param name="device">The device computed on.</param>
    public static EnvironmentInfo Capture(string? libtorch = null, int? threads = null, string? blas = null, string? device = null)
    {
        var (version, commit) = VersionOf(typeof(EnvironmentInfo).Assembly);
        return new EnvironmentInfo
        {
            Decant = version,
            Commit = commit,
            OperatingSystem = RuntimeInformation.OSDescription.Trim(),
            Cpu = CpuModel.Name(),
            Cores = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            DotNet = Environment.Version.ToString(),
            Threads = threads,
            Libtorch = libtorch,
            Blas = blas,
            Device = device,
        };
    }

    /// <summary>Labels and values for people, in the order to show them; what is unknown is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Describe()
    {
        (string Label, string? Value)[] lines =
        [
            ("Decant", Commit is null ? Decant : $"{Decant} ({Commit[..Math.Min(10, Commit.Length)]})"),
            ("Operating system", OperatingSystem),
            ("Processor", $"{Cpu}, {Cores} {(Cores == 1 ? "core" : "cores")}"),
            ("Memory", Units.Bytes(MemoryBytes)),
            ("Device", Device),
            (".NET", DotNet),
            ("libtorch", Libtorch),
            ("BLAS", Blas),
            ("Threads", Threads?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return [.. lines.Where(line => line.Value is not null).Select(line => KeyValuePair.Create(line.Label, line.Value!))];
    }

    /// <summary>The description as aligned lines of text, ending with a line end.</summary>
    public string ToText()
    {
        var lines = Describe();
        int width = lines.Max(line => line.Key.Length);
        return string.Concat(lines.Select(line => $"{line.Key.PadRight(width)}  {line.Value}\n"));
    }

    private static (string Version, string? Commit) VersionOf(Assembly assembly)
    {
        string full = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "unknown";
        int plus = full.IndexOf('+');
        return plus < 0 ? (full, null) : (full[..plus], full[(plus + 1)..]);
    }
}
