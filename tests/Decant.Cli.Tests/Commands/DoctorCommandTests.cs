using System.Text.Json;

namespace Decant.Cli.Tests.Commands;

public class DoctorCommandTests
{
    [Fact]
    public void It_tells_versions_and_measured_speeds()
    {
        using JsonDocument report = JsonDocument.Parse(Cli.Run("doctor", "--json").Done().Output);
        JsonElement facts = report.RootElement.GetProperty("facts");
        foreach (string name in new[] { "Decant", ".NET", "libtorch", "BLAS", "Threads", "libtorch at", "OMP_WAIT_POLICY" })
            Assert.False(string.IsNullOrEmpty(facts.GetProperty(name).GetString()), name);
        JsonElement[] speeds = [.. report.RootElement.GetProperty("speeds").EnumerateArray()];
        Assert.Contains(speeds, speed => speed.GetProperty("dtype").GetString() == "Float32" && speed.GetProperty("gflops").GetDouble() > 0.1);
        Assert.Contains(speeds, speed => speed.GetProperty("dtype").GetString() == "BFloat16" && speed.GetProperty("gflops").GetDouble() > 0.1);
    }
}
