using Decant.Distillation.Diagnostics;
using Decant.Tests;

namespace Decant.Distillation.Tests.Diagnostics;

public class NvidiaGpusTests
{
    [Fact]
    public void Names_are_read_from_the_driver()
    {
        using var folder = new TemporaryFolder();
        folder.Write("0000:01:00.0/information", "Model: \t\t NVIDIA H200\nIRQ:   16\n");
        folder.Write("0000:02:00.0/other", "");
        Assert.Equal(["NVIDIA H200", "NVIDIA GPU"], NvidiaGpus.Names(folder.Root));
    }

    [Fact]
    public void Without_a_driver_there_are_none() => Assert.Empty(NvidiaGpus.Names("/no/such/folder"));
}
