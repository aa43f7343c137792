using System.Security.Cryptography;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Training;

namespace Decant.Tests.Training;

/// <summary>Keeps what a kill would leave of a folder, at every moment at which the trainer lets others look.</summary>
internal sealed class FolderSnapshots(string folder) : ITrainingObserver
{
    private readonly HashSet<string> seen = [];

    /// <summary>Every different state: file names and their bytes.</summary>
    public List<Dictionary<string, byte[]>> States { get; } = [];

    public void StageStarted(string stage, long totalUpdates, long resumedAt) => Take();
    public void Updated(UpdateReport update) => Take();
    public void Evaluated(long update, double epoch, EvaluationResult result, bool isBest) => Take();
    public void StageEnded(StageProgress progress) => Take();

    /// <summary>Puts a state into a folder.</summary>
    public static void Restore(Dictionary<string, byte[]> state, string folder)
    {
        foreach ((string name, byte[] bytes) in state) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private void Take()
    {
        var state = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllBytes);
        string print = string.Join('|', state.Select(f => f.Key + Convert.ToHexString(SHA256.HashData(f.Value))));
        if (seen.Add(print)) States.Add(state);
    }
}
