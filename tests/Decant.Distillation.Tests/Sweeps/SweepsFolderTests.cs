using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Sweeps;

namespace Decant.Tests.Sweeps;

/// <summary>Every file of the folder <c>recipes/sweeps</c>, run with a stand-in for training.</summary>
public sealed class SweepsFolderTests : IDisposable
{
    private static readonly string Root = Path.Combine(TestPaths.RepositoryRoot, "recipes", "sweeps");
    private readonly DirectoryInfo _runs = Directory.CreateTempSubdirectory("decant-sweeps");

    public void Dispose() => _runs.Delete(recursive: true);

    [Theory]
    [InlineData("pkd/teacher.yaml", 8)]
    [InlineData("pkd/finetune.yaml", 3)]
    [InlineData("pkd/kd.yaml", 27)]
    [InlineData("pkd/pkd-skip-grid.yaml", 216)]
    [InlineData("small/finetune.yaml", 3)]
    [InlineData("small/kd.yaml", 27)]
    [InlineData("small/sst-2/mud-depth.yaml", 9)]
    [InlineData("small/rte/mud-depth.yaml", 5)]
    [InlineData("small/sst-2/mud-length.yaml", 9)]
    [InlineData("small/rte/mud-length.yaml", 6)]
    [InlineData("small/sst-2/mud-width.yaml", 6)]
    [InlineData("small/rte/mud-width.yaml", 6)]
    [InlineData("small/sst-2/mud-joint.yaml", 5)]
    [InlineData("small/rte/mud-joint.yaml", 3)]
    public void A_grid_has_as_many_settings_as_in_the_paper(string file, int settings)
    {
        Sweep sweep = Load(file);
        Assert.Equal(settings, sweep.Settings.Count);
        Assert.StartsWith(Environment.GetEnvironmentVariable("DECANT_RUNS") ?? "runs", sweep.Output);
    }

    [Theory]
    [InlineData("pkd/pkd-skip-best.yaml", "pkd/kd.yaml", "skip")]
    [InlineData("pkd/pkd-last-best.yaml", "pkd/kd.yaml", "last")]
    [InlineData("small/pkd-skip-best.yaml", "small/kd.yaml", "skip")]
    public void Best_mode_takes_temperature_and_weight_from_vanilla_distillation(string file, string kd, string layers)
    {
        // A copy whose outputs lie in the test's own folder.
        string recipes = Path.Combine(_runs.FullName, "recipes");
        foreach (string source in Directory.EnumerateFiles(Path.Combine(Root, ".."), "*.yaml", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(recipes, Path.GetRelativePath(Path.Combine(Root, ".."), source));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(source).Replace("${DECANT_RUNS:-runs}", _runs.FullName, StringComparison.Ordinal));
        }
        Sweep vanilla = Sweep.Load(Path.Combine(recipes, "sweeps", kd), KnownObjectives.Catalog);
        new SweepRunner().Run(vanilla, recipe =>
        {
            var soft = (SoftLabelsOptions)recipe.Stages[0].Objectives.Find("softLabels")!;
            return new(new Dictionary<string, double> { ["accuracy"] = soft.Temperature == 20 && soft.Weight == 0.2 ? 0.9 : 0.8 });
        });
        Sweep sweep = Sweep.Load(Path.Combine(recipes, "sweeps", file), KnownObjectives.Catalog);
        Assert.Equal(24, sweep.Settings.Count);
        Assert.All(sweep.Trials, trial =>
        {
            var soft = (SoftLabelsOptions)trial.Recipe.Stages[0].Objectives.Find("softLabels")!;
            Assert.Equal((20.0, 0.2), (soft.Temperature, soft.Weight));
            Assert.Equal(layers, ((PatienceOptions)trial.Recipe.Stages[0].Objectives.Find("patience")!).Layers.ToString());
        });
    }

    [Fact]
    public void No_sweep_is_forgotten_here() => Assert.Equal(17, Directory.GetFiles(Root, "*.yaml", SearchOption.AllDirectories).Length);

    private static Sweep Load(string file) => Sweep.Load(Path.Combine(Root, file), KnownObjectives.Catalog);
}
