using System.Diagnostics;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Reports.TensorBoard;
using Decant.Distillation.Training;

namespace Decant.Distillation.Experiments;

/// <summary>Writes the figures of a seed to <c>metrics.jsonl</c> and TensorBoard, and passes them on to the person who waits.</summary>
internal sealed class RunLog : ITrainingObserver, IDisposable
{
    // Enough points for a smooth curve, whatever the length of the stage.
    private const long PointsPerStage = 400;

    private readonly RunPaths paths;
    private readonly ITrainingObserver next;
    private readonly Stopwatch watch = new();
    private MetricsLog? log;
    private TensorBoardWriter? board;
    private string stage = "";
    private long offset, every, tokens;
    private double epochOffset;

    public RunLog(RunPaths paths, ITrainingObserver next) => (this.paths, this.next) = (paths, next);

    /// <summary>Updates and epochs of the stages before the one that comes.</summary>
    public void StartAt(long updates, double epochs) => (offset, epochOffset) = (updates, epochs);

    public void StageStarted(string name, long totalUpdates, long resumedAt)
    {
        (stage, every, tokens) = (name, Math.Max(1, totalUpdates / PointsPerStage), 0);
        if (log is null) Open(offset + resumedAt);
        watch.Restart();
        next.StageStarted(name, totalUpdates, resumedAt);
    }

    public void Updated(UpdateReport update)
    {
        tokens += update.Tokens;
        if (update.Update % every == 0)
        {
            Write(MetricsKind.Train, update.Update, update.Epoch,
            [
                new("loss/total", update.Loss),
                .. update.Terms.Select(t => KeyValuePair.Create("loss/" + t.Key, t.Value)),
                new("learningRate", update.LearningRate),
                new("tokensPerSecond", tokens / Math.Max(1e-9, watch.Elapsed.TotalSeconds)),
            ]);
            tokens = 0;
            watch.Restart();
        }
        next.Updated(update);
    }

    public void Evaluated(long update, double epoch, EvaluationResult result, bool isBest)
    {
        Write(MetricsKind.Eval, update, epoch, result.Metrics);
        board!.Flush();
        next.Evaluated(update, epoch, result, isBest);
    }

    public void StageEnded(StageProgress progress) => next.StageEnded(progress);

    public void Dispose()
    {
        log?.Dispose();
        board?.Dispose();
    }

    private void Open(long lastStep)
    {
        bool resumed = lastStep > 0 && File.Exists(paths.Metrics);
        log = resumed ? MetricsLog.Resume(paths.Metrics, lastStep) : MetricsLog.Create(paths.Metrics);
        board = new TensorBoardWriter(paths.TensorBoard, resumed ? lastStep : null);
    }

    private void Write(MetricsKind kind, long update, double epoch, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        var entry = new MetricsEntry
        {
            Step = offset + update,
            Epoch = epochOffset + epoch,
            Time = DateTimeOffset.UtcNow,
            Kind = kind,
            Stage = stage,
            Values = values,
        };
        log!.Write(entry);
        board!.Add(entry);
    }
}
