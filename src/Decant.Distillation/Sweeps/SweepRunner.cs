using Decant.Distillation.Recipes;

namespace Decant.Distillation.Sweeps;

/// <summary>Runs the trials of a sweep that have not finished yet.</summary>
/// <param name="time">Measures how long trials run. Default: the system's clock.</param>
public sealed class SweepRunner(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Runs trials one after another; each is in the ledger before the next starts, so the sweep can be killed and run again at any time.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="run">Runs one recipe. A <see cref="DecantException"/> fails that trial only; it is tried again next time.</param>
    /// <param name="progress">Hears of each trial before it starts. Default: nobody.</param>
    /// <param name="cancel">Stops before the next trial.</param>
    /// <returns>The summary of all trials so far.</returns>
    /// <exception cref="DecantException">Another process runs this sweep, or the ledger cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; finished trials are kept.</exception>
    public SweepSummary Run(Sweep sweep, Func<Recipe, TrialResult> run, Action<SweepProgress>? progress = null, CancellationToken cancel = default)
    {
        using IDisposable alone = SweepLock.Take(sweep.Output);
        SweepLedger ledger = SweepLedger.Open(sweep.LedgerPath);
        SweepTrial[] open = [.. sweep.Trials.Where(t => ledger.Finished(t.Id) is null)];
        for (int i = 0; i < open.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Invoke(new(open[i], sweep.Trials.Count - open.Length + i, sweep.Trials.Count));
            ledger.Add(Try(open[i], run, sweep.Metric));
        }
        return SweepSummary.Of(sweep, ledger);
    }

    private LedgerEntry Try(SweepTrial trial, Func<Recipe, TrialResult> run, string metric)
    {
        Dictionary<string, string> setting = trial.Setting.Values.ToDictionary(v => v.Key, v => v.Value);
        long start = _time.GetTimestamp();
        try
        {
            TrialResult result = run(trial.Recipe);
            double seconds = _time.GetElapsedTime(start).TotalSeconds;
            if (!result.Metrics.TryGetValue(metric, out double value))
                throw new SweepMetricException($"The run gives no '{metric}', by which this sweep compares. Set the sweep's metric to one of: {string.Join(", ", result.Metrics.Keys)}.");
            return double.IsFinite(value)
                ? new(trial.Id, trial.Seed, setting, seconds, result.Metrics.Where(m => double.IsFinite(m.Value)).ToDictionary())
                : new(trial.Id, trial.Seed, setting, seconds, Error: $"The figure '{metric}' is {value}.");
        }
        catch (DecantException e) when (e is not SweepMetricException)
        {
            return new(trial.Id, trial.Seed, setting, _time.GetElapsedTime(start).TotalSeconds, Error: e.Message);
        }
    }

    // A metric that no trial can give is the sweep's fault and must stop it at the first trial.
    private sealed class SweepMetricException(string message) : DecantException(message);
}

/// <summary>A trial is about to start.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Done">Trials that have ended before it, in this run or an earlier one.</param>
/// <param name="Total">Trials of the sweep.</param>
public readonly record struct SweepProgress(SweepTrial Trial, int Done, int Total);
