using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Sweeps;
using Decant.Tests.Recipes;

namespace Decant.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private readonly SweepFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_setting_runs_with_every_seed_all_settings_first()
    {
        Sweep sweep = _folder.Load();
        Assert.Equal(18, sweep.Trials.Count);
        Assert.Equal(6, sweep.Settings.Count);
        Assert.Equal([1, 1, 1, 1, 1, 1, 2], sweep.Trials.Take(7).Select(t => t.Seed));
        SweepTrial trial = sweep.Trials[3];
        Assert.Equal("temperature 10, weight 0.7, weight 0.3", trial.Setting.ToString());
        Assert.Equal(new TestObjectives.SoftOptions { Temperature = 10, Weight = 0.7 }, trial.Recipe.Stages[0].Objectives.Find("softLabels"));
        Assert.Equal(new TestObjectives.HardOptions { Weight = 0.3 }, trial.Recipe.Stages[0].Objectives.Find("hardLabels"));
        Assert.Equal([1], trial.Recipe.Seeds);
        Assert.Equal(Path.Combine(sweep.Output, "trials", trial.Id), trial.Recipe.Output);
        Assert.Matches("^[0-9a-f]{16}-s1$", trial.Id);
    }

    [Fact]
    public void Ids_do_not_depend_on_the_rest_of_the_grid()
    {
        string one = _folder.Write("one.yaml", """
            recipe: kd.yaml
            grid: { stages.0.objectives.softLabels.temperature: [10.0] }
            set: { stages.0.objectives.softLabels.weight: 0.7, stages.0.objectives.hardLabels.weight: 0.3 }
            seeds: [2]
            """);
        SweepTrial trial = Assert.Single(Sweep.Load(one, TestObjectives.Catalog).Trials);
        Assert.Contains(_folder.Load().Trials, t => t.Id == trial.Id);
    }

    [Fact]
    public void Seeds_and_output_have_defaults()
    {
        Sweep sweep = Sweep.Load(_folder.Write("s.yaml", "recipe: kd.yaml\ngrid: { stages.0.epochs: [1, 2] }"), TestObjectives.Catalog);
        Assert.Equal([1, 1], sweep.Trials.Select(t => t.Seed));
        Assert.Equal(Path.Combine("runs", "sweeps", "s"), sweep.Output);
        Assert.Equal("accuracy", sweep.Metric);
    }

    [Theory]
    [InlineData("recipe: kd.yaml\ngrid: { stages.0.epoch: [1] }", "stages.0.epoch: unknown key 'epoch' in stages.0. Did you mean 'epochs'?")]
    [InlineData("recipe: kd.yaml\ngrid: { stages.0.epochs: [1, many] }", "stages.0.epochs: stages.0.epochs must be a number above 0 to 10000, but is 'many'.")]
    [InlineData("recipe: none.yaml\ngrid: { stages.0.epochs: [1] }", "none.yaml: there is no such file.")]
    [InlineData("recipe: kd.yaml\ngrid: { stages.0.epochs: [1, 1.0] }", "two settings of the grid are the same: epochs 1 and epochs 1.0.")]
    [InlineData("recipe: kd.yaml\ngrid: { stages.0.epochs: [1] }\nset: 3", "bad.yaml:3: set must be a map from a recipe's key to its value, but is '3'.")]
    [InlineData("recipe: kd.yaml\ngird: { stages.0.epochs: [1] }", "unknown key 'gird'. Did you mean 'grid'? Valid keys: name, description, recipe, set, grid, bestOf, seeds, metric, output.")]
    [InlineData("recipe: kd.yaml\ngrid: { stages.0.epochs: [1] }\nbestOf: { sweep: bad.yaml, keys: [a] }", "bestOf leads back to this sweep.")]
    public void All_trials_are_checked_before_the_first_runs(string yaml, string message) => Assert.Contains(message,
        Assert.Throws<RecipeException>(() => Sweep.Load(_folder.Write("bad.yaml", yaml), TestObjectives.Catalog)).Message);

    [Fact]
    public void Values_come_from_the_best_trial_of_another_sweep()
    {
        Sweep vanilla = _folder.Load();
        string path = _folder.Write("best.yaml", """
            recipe: kd.yaml
            bestOf:
              sweep: kd.sweep.yaml
              keys: [stages.train.objectives.softLabels.temperature, stages.train.objectives.softLabels.weight, stages.train.objectives.hardLabels.weight]
            grid: { stages.train.optimizer.learningRate: [5e-5, 2e-5] }
            """);
        Assert.Contains("kd.sweep.yaml: 18 of its 18 trials are not finished, so its best values are not known; run that sweep first.",
            Assert.Throws<RecipeException>(() => Sweep.Load(path, TestObjectives.Catalog)).Message);

        new SweepRunner().Run(vanilla, SweepFolder.Train);
        Sweep best = Sweep.Load(path, TestObjectives.Catalog);
        Assert.Equal(2, best.Trials.Count);
        Assert.All(best.Trials, t => Assert.Equal(new TestObjectives.SoftOptions { Temperature = 10, Weight = 0.7 }, t.Recipe.Stages[0].Objectives.Find("softLabels")));

        string wrong = _folder.Write("wrong.yaml", "recipe: kd.yaml\nbestOf: { sweep: kd.sweep.yaml, keys: [stages.train.epochs] }\ngrid: { seeds: [[1]] }");
        Assert.Contains("has no key stages.train.epochs.", Assert.Throws<RecipeException>(() => Sweep.Load(wrong, TestObjectives.Catalog)).Message);
    }

    [Fact]
    public void A_sweep_takes_values_from_the_command_line() => Assert.Equal(2,
        Sweep.Load(_folder.Write("s.yaml", "recipe: kd.yaml\ngrid: { stages.0.epochs: [1, 2] }"), TestObjectives.Catalog, RecipeOverride.Parse("seeds=[4]"))
            .Trials.Count(t => t.Seed == 4));
}
