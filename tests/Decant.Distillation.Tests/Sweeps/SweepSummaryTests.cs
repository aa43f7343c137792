using Decant.Distillation.Sweeps;

namespace Decant.Tests.Sweeps;

public sealed class SweepSummaryTests : IDisposable
{
    private readonly SweepFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Settings_are_ranked_by_their_mean_over_seeds()
    {
        SweepSummary summary = new SweepRunner().Run(_folder.Load(), SweepFolder.Train);
        Assert.Equal(6, summary.Rows.Count);
        Assert.Equal(0.909, summary.Rows[0].Metrics["accuracy"].Mean, 1e-12);
        Assert.Equal(0.001, summary.Rows[0].Metrics["accuracy"].StandardDeviation!.Value, 1e-12);
        Assert.Equal(summary.Rows.Select(r => r.Metrics["accuracy"].Mean).OrderDescending(), summary.Rows.Select(r => r.Metrics["accuracy"].Mean));
    }

    [Fact]
    public void A_lucky_setting_with_fewer_seeds_is_not_the_best()
    {
        Sweep sweep = _folder.Load();
        SweepSetting lucky = sweep.Settings[0];
        SweepSummary summary = new SweepRunner().Run(sweep, recipe =>
        {
            SweepTrial trial = sweep.Trials.First(t => t.Id == recipe.Name);
            if (trial.Setting != lucky) return SweepFolder.Train(recipe);
            return trial.Seed == 1 ? new(new Dictionary<string, double> { ["accuracy"] = 1.0 }) : throw new DecantException("lost");
        });
        Assert.Equal(lucky, summary.Rows[0].Setting);
        Assert.Equal(summary.Rows[1], summary.Best);
    }

    [Fact]
    public void Where_less_is_better_the_least_is_best()
    {
        Sweep sweep = _folder.Load(more: "metric: mse");
        Assert.False(sweep.HigherIsBetter);
        SweepSummary summary = new SweepRunner().Run(sweep, r => new(new Dictionary<string, double> { ["mse"] = SweepFolder.Train(r).Metrics["accuracy"] }));
        Assert.Equal("temperature 40, weight 0.2, weight 0.8", summary.Best!.Setting.ToString());
    }

    [Fact]
    public void Tables_tell_keys_apart_and_mark_the_best()
    {
        SweepSummary summary = new SweepRunner().Run(_folder.Load(), SweepFolder.Train);
        string[] markdown = summary.ToTable().ToMarkdown().Split('\n');
        Assert.Equal("| Rank | temperature | softLabels.weight | hardLabels.weight | Seeds | accuracy | loss |", markdown[0]);
        Assert.Equal("| 1 | 10 | 0.7 | 0.3 | 3 | **90.9 ± 0.1** | 9.1 ± 0.1 |", markdown[2]);
        string[] csv = summary.ToCsv().Split('\n');
        Assert.Equal("rank,stages.train.objectives.softLabels.temperature,stages.train.objectives.softLabels.weight,stages.train.objectives.hardLabels.weight,seeds,accuracy,accuracy.std,accuracy.min,accuracy.max,loss,loss.std,loss.min,loss.max", csv[0]);
        Assert.StartsWith("1,10,0.7,0.3,3,0.909", csv[1]);
        Assert.Equal(8, csv.Length);
    }

    [Fact]
    public void Values_with_commas_are_quoted_in_csv()
    {
        string path = _folder.Write("layers.yaml", $"recipe: kd.yaml\ngrid: {{ student.layers: [[0, 1], [1, 2], first 2] }}\noutput: {_folder.Output}/layers");
        SweepSummary summary = new SweepRunner().Run(Sweep.Load(path, Recipes.TestObjectives.Catalog), SweepFolder.Train);
        Assert.Contains("\"[0, 1]\"", summary.ToCsv());
        summary.Write(_folder.Output, "layers");
        Assert.Equal(summary.ToCsv(), File.ReadAllText(Path.Combine(_folder.Output, "sweep.csv")));
        Assert.Equal(summary.ToTable().ToMarkdown(), File.ReadAllText(Path.Combine(_folder.Output, "sweep.md")));
    }
}
