using System.Globalization;
using Decant.Torch;

namespace Decant.Distillation.Diagnostics;

/// <summary>Knows what makes training slow, and what helps.</summary>
internal static class Remedies
{
    // A core with AVX2 does about 50 to 100 GFLOP/s; the reference BLAS does about 3.
    private const double SlowCore = 20, PoorScaling = 1.3, BusyShare = 0.5;

    public static IEnumerable<DoctorWarning> For(Symptoms found)
    {
        double? one = found.Speed(DType.Float32, 1), all = found.Speed(DType.Float32, found.Threads);
        bool isBusy = found.LoadAverage > BusyShare * found.Cores;
        if (found.Blas is { IsReference: true })
            yield return new("Matrix products run on the reference BLAS, tens of times slower than OpenBLAS.",
                "apt-get install libopenblas0-openmp. If it is installed already: update-alternatives --config libblas.so.3-$(uname -m)-linux-gnu");
        else if (one < SlowCore)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"One core reaches {one:0} GFLOP/s in float32; {SlowCore:0} and more are usual."),
                isBusy ? "Other programs are busy on this machine: end them and look again."
                    : "Use a BLAS made for this processor (apt-get install libopenblas0-openmp), and check that the machine is not throttled.");
        if (found is { HasAvx512: true, Blas.Kernels: { } kernels } && kernels.Equals("Haswell", StringComparison.OrdinalIgnoreCase))
            yield return new("OpenBLAS multiplies with AVX2, though the processor has AVX-512: up to half the speed. It does not know the processor, or OPENBLAS_CORETYPE says so.",
                "export OPENBLAS_CORETYPE=SKYLAKEX and look again. The last bits of results are those of the kernels, so keep to one choice.");
        if (found.Threads == 1 && found.Cores > 1)
            yield return new($"Only 1 thread is used of {found.Cores} cores.",
                found.ThreadVariable is null ? "Set OMP_NUM_THREADS to the number of cores, or 'threads' in the recipe."
                    : $"OMP_NUM_THREADS is {found.ThreadVariable}: unset it, or set it to {found.Cores}.");
        if (found.Threads > found.Cores)
            yield return new($"{found.Threads} threads share {found.Cores} {(found.Cores == 1 ? "core" : "cores")} and wait for each other.",
                $"Unset OMP_NUM_THREADS, or set it to {found.Cores}.");
        else if (found.Threads > 1 && !isBusy && all < PoorScaling * one)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{found.Threads} threads are hardly faster than one ({all:0} against {one:0} GFLOP/s)."),
                "The BLAS may be built without threads (apt-get install libopenblas0-openmp), or the cores may be shares of one (a container's limit, hyper-threads).");
        if (string.Equals(found.WaitPolicy, "active", StringComparison.OrdinalIgnoreCase) || found.SpinCount is { } spins && spins != "0")
            yield return new("Waiting OpenMP threads spin and take the cores from those that work; training becomes 1.2 to 2 times slower.",
                "unset OMP_WAIT_POLICY GOMP_SPINCOUNT (Decant then chooses passive waiting).");
        if (found.Gpus.Count > 0 && found.CudaDevices == 0)
            yield return new($"There is a GPU ({found.Gpus[0]}), but this libtorch computes on the CPU only.",
                "Unpack a CUDA libtorch from https://pytorch.org/get-started/locally/ and set LIBTORCH to its folder.");
        if (isBusy)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"The machine is busy (load average {found.LoadAverage:0.0} on {found.Cores} {(found.Cores == 1 ? "core" : "cores")}), so the measured speeds are too low."),
                "End the other programs and look again.");
    }
}
