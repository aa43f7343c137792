using System.Diagnostics;
using System.Text.Json.Nodes;
using Decant.Tests;

namespace Decant.Export.Tests.Peers;

/// <summary>ONNX Runtime and Hugging Face's transformers, run by Node beside the tests.</summary>
internal sealed class NodePeer
{
    private static readonly string Modules = Environment.GetEnvironmentVariable("DECANT_NODE_MODULES") is { Length: > 0 } set
        ? Path.GetFullPath(set)
        : Path.Combine(TestPaths.RepositoryRoot, "artifacts", "node", "node_modules");

    /// <summary>Runs a script of this folder with a job as JSON; skips the test, saying why, where Node or the package is absent.</summary>
    public static JsonNode Run(string script, string package, TemporaryFolder folder, JsonObject job)
    {
        Skip.IfNot(Directory.Exists(Path.Combine(Modules, package)), $"{package} is not in {Modules}; run eng/peers.sh, or set DECANT_NODE_MODULES, to run this test.");
        job["modules"] = Modules;
        string input = folder.Write("job.json", job.ToJsonString());
        var start = new ProcessStartInfo("node", [Path.Combine(TestPaths.RepositoryRoot, "tests", "Decant.Export.Tests", "Peers", script), input])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using Process process = Start(start);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"node {script} ended with {process.ExitCode}:\n{errors.Result}");
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
            Skip.If(true, "node was not found; install Node.js to run this test.");
            throw;
        }
    }
}
