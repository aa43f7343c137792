using System.Text.Json.Nodes;
using Decant.Tests;

namespace Decant.Export.Tests.Peers;

/// <summary>ONNX Runtime and Hugging Face's transformers, run by Node beside the tests.</summary>
internal static class NodePeer
{
    private static readonly string Modules = Environment.GetEnvironmentVariable("DECANT_NODE_MODULES") is { Length: > 0 } set
        ? Path.GetFullPath(set)
        : Path.Combine(TestPaths.RepositoryRoot, "artifacts", "node", "node_modules");

    /// <summary>Runs a script of this folder with a job as JSON; skips the test, saying why, where Node or the package is absent.</summary>
    public static JsonNode Run(string script, string package, TemporaryFolder folder, JsonObject job)
    {
        Skip.IfNot(Directory.Exists(Path.Combine(Modules, package)), $"{package} is not in {Modules}; run eng/node-peers.sh, or set DECANT_NODE_MODULES, to run this test.");
        job["modules"] = Modules;
        return PeerProcess.Run("node", script, folder, job);
    }
}
