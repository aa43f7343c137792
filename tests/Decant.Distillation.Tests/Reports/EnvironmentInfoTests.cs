using Decant.Distillation.Reports;

namespace Decant.Distillation.Tests.Reports;

public sealed class EnvironmentInfoTests
{
    private static readonly EnvironmentInfo Sample = new()
    {
        Decant = "0.1.0", Commit = "0123456789abcdef", OperatingSystem = "Debian 12", Cpu = "Fast CPU", Cores = 2, MemoryBytes = 24_696_000_000, DotNet = "10.0.1",
        Threads = 2, Libtorch = "1.13.1",
    };

    [Fact]
    public void This_machine_is_described()
    {
        var here = EnvironmentInfo.Capture(libtorch: "1.13.1", threads: 3);
        Assert.Equal(Environment.ProcessorCount, here.Cores);
        Assert.Equal(("1.13.1", 3, Environment.Version.ToString()), (here.Libtorch, here.Threads, here.DotNet));
        Assert.Matches(@"^\d+\.\d+\.\d+", here.Decant);
        Assert.DoesNotContain('+', here.Decant);
        Assert.All([here.OperatingSystem, here.Cpu], text => Assert.NotEqual("", text));
        Assert.True(here.MemoryBytes > 1_000_000);
    }

    [Fact]
    public void The_text_is_aligned_and_leaves_out_what_is_unknown() => Assert.Equal("""
        Decant            0.1.0 (0123456789)
        Operating system  Debian 12
        Processor         Fast CPU, 2 cores
        Memory            24.7 GB
        .NET              10.0.1
        libtorch          1.13.1
        Threads           2

        """, Sample.ToText());

    [Fact]
    public void Json_is_read_back()
    {
        using var folder = new TemporaryFolder();
        EnvironmentJson.Write(folder.File("environment.json"), Sample);
        Assert.Equal(Sample, EnvironmentJson.Read(folder.File("environment.json")));
        Assert.Contains("\"libtorch\": \"1.13.1\"", File.ReadAllText(folder.File("environment.json")));
        Assert.DoesNotContain("blas", File.ReadAllText(folder.File("environment.json")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_broken_file_is_named(string content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("environment.json");
        File.WriteAllText(path, content);
        Assert.Contains(path, Assert.Throws<DecantException>(() => EnvironmentJson.Read(path)).Message);
    }
}
