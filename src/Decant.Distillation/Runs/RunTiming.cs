using System.Globalization;
using Decant.Distillation.Experiments;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Distillation.Runs;

/// <summary>Time of inference of the models of some runs, measured in turns on the same examples.</summary>
public sealed class RunTiming
{
    private readonly Dictionary<string, double> _seconds;

    private RunTiming(Dictionary<string, double> seconds, string of) => (_seconds, Of) = (seconds, of);

    /// <summary>What was measured, in words.</summary>
    public string Of { get; }

    /// <summary>Seconds for an example; null for a model that was not measured.</summary>
    /// <param name="model">The model's folder.</param>
    public double? SecondsOf(string model) => _seconds.TryGetValue(Path.GetFullPath(model), out double seconds) ? seconds : null;

    /// <summary>Measures the best model of each run, and the teachers, on the dev split at its real lengths.</summary>
    /// <param name="runs">Runs of one task.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="rounds">Turns of every model; the median counts.</param>
    public static RunTiming Measure(IReadOnlyList<RunFolder> runs, int batchSize = 32, int rounds = 5)
    {
        string[] models = [.. runs.SelectMany(run => new[] { run.TeacherModel, run.BestModel }).OfType<string>().Select(Path.GetFullPath).Distinct()];
        DataSet dev = SplitLoader.Load(runs[0].Recipe.Task, "dev");
        double[] seconds = InferenceTimer.AtRealLengths(models, dev, runs[0].Recipe.Task.MaxLength, batchSize, rounds);
        return new RunTiming(models.Zip(seconds).ToDictionary(),
            string.Create(CultureInfo.InvariantCulture, $"one example of the dev split in batches of {batchSize} at real lengths, {TorchRuntime.Threads} threads, median of {rounds} rounds"));
    }
}
