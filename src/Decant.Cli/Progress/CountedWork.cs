using System.Diagnostics;
using Decant.Distillation.Reports;

namespace Decant.Cli.Progress;

/// <summary>Work of a known number of items that may go on where an earlier call stopped: a bar with rate and remaining time.</summary>
/// <param name="view">Where it is shown.</param>
/// <param name="what">What is done: <c>teaching</c>.</param>
internal sealed class CountedWork(IProgressView view, string what)
{
    private readonly Stopwatch _watch = new();
    private long _total, _before;

    /// <summary>Begins, or goes on.</summary>
    public void Start(long total, long resumedAt)
    {
        (_total, _before) = (total, resumedAt);
        view.Begin(what, total, resumedAt);
        _watch.Restart();
    }

    /// <summary>Shows how far it is.</summary>
    /// <param name="done">Items that are done.</param>
    /// <param name="describe">What to say beside the bar, given items per second.</param>
    public void Advance(long done, Func<double, string> describe)
    {
        view.Step(done, () =>
        {
            double rate = (done - _before) / Math.Max(1e-9, _watch.Elapsed.TotalSeconds);
            return $"{describe(rate)}  {Units.Seconds((_total - done) / Math.Max(1e-9, rate))} left";
        });
        if (done == _total) view.End();
    }
}
