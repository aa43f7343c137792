using System.Diagnostics;
using Decant.Distillation.Augmentation;
using Decant.Distillation.Reports;

namespace Decant.Cli.Progress;

/// <summary>Tells a person how augmentation gets on.</summary>
internal sealed class AugmentationProgress(IProgressView view) : IAugmentationObserver
{
    private readonly Stopwatch _watch = new();
    private long _total, _before;

    public void Started(long rows, long resumedAt)
    {
        (_total, _before) = (rows, resumedAt);
        view.Begin("augmenting", rows, resumedAt);
        _watch.Restart();
    }

    public void Advanced(long rows, long written)
    {
        view.Step(rows, () =>
        {
            double rate = (rows - _before) / Math.Max(1e-9, _watch.Elapsed.TotalSeconds);
            return $"{Units.Count(written)} rows written  {Units.Significant(rate)} rows/s  {Units.Seconds((_total - rows) / Math.Max(1e-9, rate))} left";
        });
        if (rows == _total) view.End();
    }
}
