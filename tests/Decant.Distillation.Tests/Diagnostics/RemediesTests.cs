using Decant.Distillation.Diagnostics;
using Decant.Torch;
using Decant.Torch.Diagnostics;

namespace Decant.Distillation.Tests.Diagnostics;

public class RemediesTests
{
    private static readonly Symptoms Healthy = new()
    {
        Blas = new BlasLibrary("OpenBLAS 0.3.21", "/usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3", false),
        Cores = 4, Threads = 4, LoadAverage = 0.2, WaitPolicy = "passive", Speeds = Speeds(60, 200),
    };

    [Fact]
    public void A_healthy_machine_needs_nothing() => Assert.Empty(Remedies.For(Healthy));

    [Fact]
    public void The_reference_BLAS_is_found() =>
        Only(Healthy with { Blas = new BlasLibrary("reference BLAS", "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", true), Speeds = Speeds(3, 9) },
            "reference BLAS", "apt-get install libopenblas0-openmp");

    [Fact]
    public void A_slow_core_is_found() => Only(Healthy with { Speeds = Speeds(11, 40) }, "One core reaches 11 GFLOP/s", "BLAS made for this processor");

    [Theory]
    [InlineData("HASWELL", true, true)]
    [InlineData("Haswell", true, true)]
    [InlineData("Haswell", false, false)]
    [InlineData("SkylakeX", true, false)]
    [InlineData("Zen", true, false)]
    [InlineData(null, true, false)]
    public void Kernels_of_an_older_processor_are_found(string? kernels, bool hasAvx512, bool slow)
    {
        Symptoms found = Healthy with { HasAvx512 = hasAvx512, Blas = Healthy.Blas! with { Kernels = kernels } };
        if (slow) Only(found, "with AVX2", "OPENBLAS_CORETYPE=SKYLAKEX");
        else Assert.Empty(Remedies.For(found));
    }

    [Theory]
    [InlineData(null, "Set OMP_NUM_THREADS")]
    [InlineData("1", "OMP_NUM_THREADS is 1: unset it, or set it to 4")]
    public void One_thread_of_many_cores_is_found(string? variable, string remedy) =>
        Only(Healthy with { Threads = 1, ThreadVariable = variable, Speeds = Speeds(60, 60, 1) }, "Only 1 thread is used of 4 cores", remedy);

    [Fact]
    public void More_threads_than_cores_are_found() =>
        Only(Healthy with { Threads = 8, ThreadVariable = "8", Speeds = Speeds(60, 100, 8) }, "8 threads share 4 cores", "set it to 4");

    [Fact]
    public void Threads_that_do_not_help_are_found() => Only(Healthy with { Speeds = Speeds(60, 61) }, "hardly faster than one (61 against 60", "built without threads");

    [Theory]
    [InlineData("active", null)]
    [InlineData("ACTIVE", null)]
    [InlineData("passive", "100000")]
    public void Spinning_threads_are_found(string policy, string? spins) =>
        Only(Healthy with { WaitPolicy = policy, SpinCount = spins }, "spin", "unset OMP_WAIT_POLICY GOMP_SPINCOUNT");

    [Fact]
    public void A_GPU_that_libtorch_cannot_use_is_found() => Only(Healthy with { Gpus = ["NVIDIA H200"] }, "There is a GPU (NVIDIA H200)", "LIBTORCH");

    [Fact]
    public void A_GPU_in_use_is_no_problem() => Assert.Empty(Remedies.For(Healthy with { Gpus = ["NVIDIA H200"], CudaDevices = 1 }));

    [Fact]
    public void A_busy_machine_is_pointed_out_and_not_blamed_on_the_BLAS()
    {
        DoctorWarning[] warnings = [.. Remedies.For(Healthy with { LoadAverage = 6, Speeds = Speeds(11, 12) })];
        Assert.Equal(2, warnings.Length);
        Assert.Contains("Other programs", warnings[0].Remedy);
        Assert.Contains("load average 6.0 on 4 cores", warnings[1].Problem);
    }

    private static void Only(Symptoms found, string problem, string remedy)
    {
        DoctorWarning warning = Assert.Single(Remedies.For(found));
        Assert.Contains(problem, warning.Problem);
        Assert.Contains(remedy, warning.Remedy);
    }

    private static SpeedFigure[] Speeds(double one, double all, int threads = 4) =>
        [new(DType.Float32, "cpu", 1, 1024, one), .. threads > 1 ? (SpeedFigure[])[new(DType.Float32, "cpu", threads, 1024, all)] : []];
}
