using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Decant.Torch.Diagnostics;

/// <summary>The library that multiplies matrices for libtorch on the CPU.</summary>
/// <param name="Name">What it is, with its version where it tells: <c>OpenBLAS 0.3.21</c>, <c>reference BLAS</c>, <c>MKL (inside libtorch)</c>.</param>
/// <param name="Path">Its file; libtorch's own where it is inside.</param>
/// <param name="IsReference">The slow reference implementation.</param>
public sealed partial record BlasLibrary(string Name, string Path, bool IsReference)
{
    /// <summary>The processor whose kernels OpenBLAS has chosen, as it spells it (<c>Haswell</c>, <c>SkylakeX</c>); null for another library.</summary>
    public string? Kernels { get; init; }

    /// <summary>Finds it among the libraries of this process. libtorch must be loaded.</summary>
    /// <returns>The library; null where it cannot be told.</returns>
    public static BlasLibrary? Find()
    {
        if (LoadedLibrary.Torch is not { } torch) return null;
        // A system libtorch asks for libblas.so.3, which the system's alternatives point at one of several libraries.
        if (LoadedLibrary.StartingWith("libblas").Concat(LoadedLibrary.StartingWith("libcblas")).FirstOrDefault() is { } blas)
            return Of(blas.Path);
        foreach (string prefix in (string[])["libmkl_core", "libmkl_rt", "libopenblas", "libblis", "libflexiblas"])
            if (LoadedLibrary.StartingWith(prefix).FirstOrDefault() is { } library) return Of(library.Path);
        return BuiltIn().Match(TorchRuntime.Configuration) is { Success: true } built
            ? new($"{BuiltInName(built.Groups[1].Value)} (inside libtorch)", torch.Path, IsReference: false)
            : null;
    }

    /// <summary>Tells a library by its path.</summary>
    internal static BlasLibrary Of(string path) => path switch
    {
        _ when path.Contains("openblas", StringComparison.OrdinalIgnoreCase) => new(OpenBlasName(), path, false) { Kernels = AskOpenBlas("openblas_get_corename") },
        _ when path.Contains("mkl", StringComparison.OrdinalIgnoreCase) => new("MKL", path, false),
        _ when path.Contains("blis", StringComparison.OrdinalIgnoreCase) => new("BLIS", path, false),
        _ when path.Contains("atlas", StringComparison.OrdinalIgnoreCase) => new("ATLAS", path, false),
        _ when path.Contains("flexiblas", StringComparison.OrdinalIgnoreCase) => new("FlexiBLAS", path, false),
        _ when path.Contains("/blas/libblas.so", StringComparison.Ordinal) => new("reference BLAS", path, true),
        _ => new(System.IO.Path.GetFileName(path), path, false),
    };

    // openblas_get_config() answers "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY USE_OPENMP ...".
    private static string OpenBlasName() =>
        Version().Match(AskOpenBlas("openblas_get_config") ?? "") is { Success: true } version ? version.Value : "OpenBLAS";

    private static unsafe string? AskOpenBlas(string function)
    {
        foreach (LoadedLibrary library in LoadedLibrary.StartingWith("libopenblas"))
            if (NativeLibrary.TryLoad(library.Path, out nint loaded) && NativeLibrary.TryGetExport(loaded, function, out nint ask))
                return Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)ask)());
        return null;
    }

    private static string BuiltInName(string name) => name.ToLowerInvariant() switch
    {
        "mkl" => "MKL",
        "open" or "openblas" => "OpenBLAS",
        "accelerate" => "Accelerate",
        _ => name,
    };

    [GeneratedRegex(@"OpenBLAS \d+(\.\d+)*")]
    private static partial Regex Version();

    [GeneratedRegex(@"BLAS_INFO=(\w+)")]
    private static partial Regex BuiltIn();
}
