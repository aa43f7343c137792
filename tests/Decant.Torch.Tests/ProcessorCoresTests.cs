using Decant.Tests;

namespace Decant.Torch.Tests;

public class ProcessorCoresTests
{
    [Fact]
    public void Expands_ranges_and_single_numbers() =>
        Assert.Equal([0, 1, 2, 3, 8, 10, 11], ProcessorCores.Expand("0-3,8,10-11"));

    [Fact]
    public void Two_hyper_threads_of_a_core_count_once()
    {
        using var folder = new TemporaryFolder();
        string status = folder.Write("status", "Name:\tx\nCpus_allowed_list:\t0-3\n");
        foreach (int processor in Enumerable.Range(0, 4))
            folder.Write($"cpu/cpu{processor}/topology/thread_siblings_list", processor % 2 == 0 ? "0,2\n" : "1,3\n");
        Assert.Equal(2, ProcessorCores.Physical(folder.File("cpu"), status));
    }

    [Fact]
    public void Processors_that_are_not_allowed_do_not_count()
    {
        using var folder = new TemporaryFolder();
        string status = folder.Write("status", "Cpus_allowed_list:\t1,5\n");
        Assert.Equal(2, ProcessorCores.Physical(folder.File("cpu"), status));
    }

    [Fact]
    public void Falls_back_to_the_processors_of_the_system() =>
        Assert.Equal(Environment.ProcessorCount, ProcessorCores.Physical("/nowhere", "/nowhere/status"));

    [SkippableFact]
    public void Operators_use_every_core_unless_told_otherwise()
    {
        Skip.If(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not null, "OMP_NUM_THREADS is set.");
        Assert.Equal(ProcessorCores.Count(), TorchRuntime.Threads);
    }
}
