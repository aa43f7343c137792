using System.Diagnostics;
using System.Text.Json.Nodes;
using Decant.Tests;

namespace Decant.Export.Tests.Peers;

/// <summary>A script of this folder in another program's language: it gets a job as the path of a JSON file and prints JSON.</summary>
internal static class PeerProcess
{
    public static JsonNode Run(string program, string script, TemporaryFolder folder, JsonObject job)
    {
        string input = folder.Write("job.json", job.ToJsonString());
        var start = new ProcessStartInfo(program, [Path.Combine(TestPaths.RepositoryRoot, "tests", "Decant.Export.Tests", "Peers", script), input])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using Process process = Start(start);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {script} ended with {process.ExitCode}:\n{errors.Result}");
        return JsonNode.Parse(output)!;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, $"{start.FileName} was not found; install it to run this test.");
            throw;
        }
    }
}
