using System.Text.Json.Nodes;
using Decant.Tests;

namespace Decant.Export.Tests.Peers;

/// <summary>Hugging Face's transformers over PyTorch, run by Python beside the tests.</summary>
internal static class PythonPeer
{
    private static readonly string Python = Environment.GetEnvironmentVariable("DECANT_PYTHON") is { Length: > 0 } set
        ? set
        : Path.Combine(TestPaths.RepositoryRoot, "artifacts", "python", "python");

    /// <summary>Runs a script of this folder with a job as JSON; skips the test, saying why, where Python with transformers is absent.</summary>
    public static JsonNode Run(string script, TemporaryFolder folder, JsonObject job)
    {
        Skip.IfNot(File.Exists(Python) || !Path.IsPathRooted(Python), $"{Python} is not there; run eng/python-peers.sh, or set DECANT_PYTHON, to run this test.");
        return PeerProcess.Run(Python, script, folder, job);
    }
}
