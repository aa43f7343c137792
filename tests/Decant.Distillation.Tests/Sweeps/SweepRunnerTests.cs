using Decant.Distillation.Recipes;
using Decant.Distillation.Sweeps;

namespace Decant.Tests.Sweeps;

public sealed class SweepRunnerTests : IDisposable
{
    private readonly SweepFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_killed_sweep_goes_on_where_it_stopped()
    {
        Sweep sweep = _folder.Load();
        List<string> ran = [];
        Assert.Throws<InvalidOperationException>(() => new SweepRunner().Run(sweep, recipe =>
        {
            if (ran.Count == 5) throw new InvalidOperationException("killed");
            ran.Add(recipe.Name!);
            return SweepFolder.Train(recipe);
        }));
        Assert.Equal(5, File.ReadAllLines(sweep.LedgerPath).Length);
        List<SweepProgress> heard = [];
        SweepSummary summary = new SweepRunner().Run(_folder.Load(), recipe =>
        {
            ran.Add(recipe.Name!);
            return SweepFolder.Train(recipe);
        }, heard.Add);
        Assert.Equal(sweep.Trials.Select(t => t.Id), ran);
        Assert.Equal((5, 18), (heard[0].Done, heard[0].Total));
        Assert.Equal(0, summary.Missing);
        Assert.Equal("temperature 10, weight 0.7, weight 0.3", summary.Best!.Setting.ToString());
        new SweepRunner().Run(sweep, _ => throw new InvalidOperationException("nothing is left to run"));
    }

    [Fact]
    public void A_trial_that_fails_does_not_stop_the_others_and_is_tried_again()
    {
        Sweep sweep = _folder.Load();
        SweepSummary summary = new SweepRunner().Run(sweep, recipe => recipe.Name == sweep.Trials[2].Id
            ? throw new DecantException("Step 3: softLabels is NaN.")
            : SweepFolder.Train(recipe));
        Assert.Equal(1, summary.Missing);
        Assert.Equal("Step 3: softLabels is NaN.", Assert.Single(summary.Failed).Error);
        Assert.Equal([3, 3, 3, 3, 3, 2], summary.Rows.Select(r => r.Seeds).OrderDescending());
        int ran = 0;
        summary = new SweepRunner().Run(sweep, recipe =>
        {
            ran++;
            return SweepFolder.Train(recipe);
        });
        Assert.Equal((1, 0, 0), (ran, summary.Missing, summary.Failed.Count));
    }

    [Fact]
    public void A_figure_that_is_no_number_fails_its_trial()
    {
        SweepSummary summary = new SweepRunner().Run(_folder.Load(), _ => new(new Dictionary<string, double> { ["accuracy"] = double.NaN }));
        Assert.Equal(18, summary.Missing);
        Assert.Equal("The figure 'accuracy' is NaN.", summary.Failed[0].Error);
        Assert.Null(summary.Best);
    }

    [Fact]
    public void A_metric_that_runs_do_not_give_stops_the_sweep_at_once()
    {
        Sweep sweep = _folder.Load(more: "metric: f1");
        int ran = 0;
        string message = Assert.ThrowsAny<DecantException>(() => new SweepRunner().Run(sweep, recipe =>
        {
            ran++;
            return SweepFolder.Train(recipe);
        })).Message;
        Assert.Equal("The run gives no 'f1', by which this sweep compares. Set the sweep's metric to one of: accuracy, loss.", message);
        Assert.Equal(1, ran);
    }

    [Fact]
    public void Cancelling_keeps_what_is_finished()
    {
        Sweep sweep = _folder.Load();
        using CancellationTokenSource cancel = new();
        int ran = 0;
        Assert.Throws<OperationCanceledException>(() => new SweepRunner().Run(sweep, recipe =>
        {
            if (++ran == 3) cancel.Cancel();
            return SweepFolder.Train(recipe);
        }, cancel: cancel.Token));
        Assert.Equal(3, SweepLedger.Open(sweep.LedgerPath).Entries.Count);
    }

    [Fact]
    public void Two_processes_cannot_run_one_sweep()
    {
        Sweep sweep = _folder.Load();
        new SweepRunner().Run(sweep, recipe =>
        {
            string message = Assert.Throws<DecantException>(() => new SweepRunner().Run(sweep, SweepFolder.Train)).Message;
            Assert.StartsWith($"The sweep in {sweep.Output} cannot be locked; another process may be running it.", message);
            return SweepFolder.Train(recipe);
        });
    }

    [Fact]
    public void A_damaged_ledger_names_its_line()
    {
        Sweep sweep = _folder.Load();
        new SweepRunner().Run(sweep, SweepFolder.Train);
        string[] lines = File.ReadAllLines(sweep.LedgerPath);
        foreach (string damage in new[] { lines[3][..40], "[]", "null", "{}", "{\"id\": null}", "x" })
        {
            File.WriteAllLines(sweep.LedgerPath, [.. lines[..3], damage]);
            string message = Assert.Throws<DecantException>(() => SweepLedger.Open(sweep.LedgerPath)).Message;
            Assert.StartsWith($"{sweep.LedgerPath}:4: this line of the sweep's ledger cannot be read: ", message);
            Assert.EndsWith("Delete the line to run its trial again.", message);
        }
    }
}
