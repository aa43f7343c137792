using Decant.Distillation.Evaluation.Statistics;

namespace Decant.Distillation.Sweeps;

/// <summary>What a sweep has found so far: each setting over its seeds, the best first.</summary>
/// <param name="Metric">The figure by which settings are compared.</param>
/// <param name="Rows">Settings of which at least one trial has finished, by falling worth of their mean.</param>
/// <param name="Failed">Trials that failed, with the reason.</param>
/// <param name="Missing">Trials that have not finished, the failed ones among them.</param>
public sealed record SweepSummary(string Metric, IReadOnlyList<SweepRow> Rows, IReadOnlyList<LedgerEntry> Failed, int Missing)
{
    /// <summary>The setting with the best mean, among those that have the most seeds; null if no trial has finished.</summary>
    public SweepRow? Best => Rows.Count == 0 ? null : Rows.First(r => r.Seeds == Rows.Max(other => other.Seeds));

    /// <summary>Sums up a ledger.</summary>
    /// <param name="sweep">The sweep; entries of trials that it no longer has are left out.</param>
    /// <param name="ledger">Its ledger.</param>
    public static SweepSummary Of(Sweep sweep, SweepLedger ledger)
    {
        List<SweepRow> rows = [];
        foreach (IGrouping<SweepSetting, SweepTrial> group in sweep.Trials.GroupBy(t => t.Setting))
        {
            LedgerEntry[] done = [.. group.Select(t => ledger.Finished(t.Id)).OfType<LedgerEntry>()];
            if (done.Length == 0 || done.Any(e => !e.Metrics!.ContainsKey(sweep.Metric))) continue;
            string[] names = [sweep.Metric, .. done[0].Metrics!.Keys.Where(name => name != sweep.Metric && done.All(e => e.Metrics!.ContainsKey(name)))];
            rows.Add(new(group.Key, names.ToDictionary(name => name, name => new SeedStatistics([.. done.Select(e => e.Metrics![name])]))));
        }
        double sign = sweep.HigherIsBetter ? -1 : 1;
        HashSet<string> ids = [.. sweep.Trials.Select(t => t.Id)];
        return new(
            sweep.Metric,
            [.. rows.OrderBy(r => sign * r.Metrics[sweep.Metric].Mean)],
            [.. ledger.Entries.Where(e => e.Error is not null && ids.Contains(e.Id))],
            sweep.Trials.Count(t => ledger.Finished(t.Id) is null));
    }
}

/// <summary>A setting over its seeds.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Metrics">Figures by name, the deciding one among them.</param>
public sealed record SweepRow(SweepSetting Setting, IReadOnlyDictionary<string, SeedStatistics> Metrics)
{
    /// <summary>Number of seeds that have finished.</summary>
    public int Seeds => Metrics.Values.First().Count;
}
