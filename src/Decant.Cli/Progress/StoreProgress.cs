using System.Diagnostics;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Reports;

namespace Decant.Cli.Progress;

/// <summary>Tells a person how a knowledge store gets on.</summary>
internal sealed class StoreProgress(IProgressView view) : IStoreBuildObserver
{
    private readonly Stopwatch _watch = new();
    private long _total, _before;

    public void Started(long records, long resumedAt)
    {
        (_total, _before) = (records, resumedAt);
        view.Begin("teaching", records, resumedAt);
        _watch.Restart();
    }

    public void Advanced(long records, long bytes)
    {
        view.Step(records, () =>
        {
            double rate = (records - _before) / Math.Max(1e-9, _watch.Elapsed.TotalSeconds);
            return $"{Units.Bytes(bytes)}  {Units.Count(rate)} sequences/s  {Units.Seconds((_total - records) / Math.Max(1e-9, rate))} left";
        });
        if (records == _total) view.End();
    }
}
