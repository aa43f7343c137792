using System.Runtime.Intrinsics.X86;
using Decant.Distillation.Reports;
using Decant.Torch;
using Decant.Torch.Diagnostics;

namespace Decant.Distillation.Diagnostics;

/// <summary>Looks at the machine as a training run would find it, measures what matters, and tells what will be slow.</summary>
public static class Doctor
{
    private const int MatrixSize = 1024;

    /// <summary>Examines this process. Takes about two seconds.</summary>
    /// <exception cref="DecantException">libtorch cannot be loaded.</exception>
    public static DoctorReport Examine()
    {
        LoadTorch();
        int threads = TorchRuntime.Threads;
        BlasLibrary? blas = BlasLibrary.Find();
        var symptoms = new Symptoms
        {
            Blas = blas,
            HasAvx512 = Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Avx512CD.IsSupported,
            Cores = Environment.ProcessorCount,
            Threads = threads,
            LoadAverage = LoadAverage(),
            CudaDevices = TorchRuntime.CudaDevices,
            Gpus = NvidiaGpus.Names(),
            WaitPolicy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY"),
            SpinCount = Environment.GetEnvironmentVariable("GOMP_SPINCOUNT"),
            ThreadVariable = Environment.GetEnvironmentVariable("OMP_NUM_THREADS"),
            Speeds = Measure(threads),
        };
        return new DoctorReport(Facts(symptoms), symptoms.Speeds, [.. Remedies.For(symptoms)]);
    }

    private static void LoadTorch()
    {
        try
        {
            _ = TorchRuntime.Threads;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new DecantException("libtorch cannot be loaded. Start Decant through ./decant, which installs and builds what is missing; "
                + $"with a libtorch of your own, set LIBTORCH to its folder. The system says: {e.Message.Split('\n')[0]}", e);
        }
    }

    private static IReadOnlyList<SpeedFigure> Measure(int threads)
    {
        List<SpeedFigure> figures = [];
        foreach (DType dtype in (DType[])[DType.Float32, DType.BFloat16])
            foreach (int count in (int[])(threads > 1 ? [1, threads] : [1]))
                figures.Add(new(dtype, "cpu", count, MatrixSize, MatrixSpeed.Measure(MatrixSize, dtype, count)));
        if (TorchRuntime.CudaDevices > 0)
            foreach (DType dtype in (DType[])[DType.Float32, DType.BFloat16])
                figures.Add(new(dtype, "cuda:0", threads, 4 * MatrixSize, MatrixSpeed.Measure(4 * MatrixSize, dtype, threads, Device.Cuda())));
        return figures;
    }

    private static List<KeyValuePair<string, string>> Facts(Symptoms found)
    {
        EnvironmentInfo environment = EnvironmentInfo.Capture(TorchRuntime.Version, found.Threads, found.Blas?.Name,
            found.CudaDevices > 0 ? $"cuda ({found.CudaDevices})" : "cpu");
        List<KeyValuePair<string, string>> facts = [.. environment.Describe()];
        facts.Add(new("Vector units", VectorUnits()));
        if (LoadedLibrary.Torch is { } torch) facts.Add(new("libtorch at", torch.Folder));
        if (found.Blas is { } blas) facts.Add(new("BLAS at", blas.Path));
        if (found.Blas?.Kernels is { } kernels) facts.Add(new("BLAS kernels for", kernels));
        facts.Add(new("GPU", found.Gpus.Count > 0 ? string.Join(", ", found.Gpus) : "none"));
        facts.Add(new("OMP_WAIT_POLICY", found.WaitPolicy ?? "passive (set by Decant)"));
        if (found.LoadAverage is { } load) facts.Add(new("Load average", Units.Significant(load)));
        return facts;
    }

    private static string VectorUnits()
    {
        if (System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported) return "NEON";
        (string Name, bool Has)[] units = [("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512", Avx512F.IsSupported)];
        string has = string.Join(", ", units.Where(unit => unit.Has).Select(unit => unit.Name));
        return has.Length > 0 ? has : "none beyond SSE2";
    }

    private static double? LoadAverage()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) && double.TryParse(File.ReadAllText(file).Split(' ')[0],
            System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double load) ? load : null;
    }
}
