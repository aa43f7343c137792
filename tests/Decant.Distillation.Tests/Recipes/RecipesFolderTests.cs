using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Recipes;

/// <summary>Every file of the folder <c>recipes</c>.</summary>
public class RecipesFolderTests
{
    private static readonly string Root = Path.Combine(TestPaths.RepositoryRoot, "recipes");
    private static readonly RecipeFile Files = new(KnownObjectives.Catalog);

    private static readonly string[] Recipes = [.. AllFiles().Where(f => !IsPart(f) && !f.StartsWith("sweeps", StringComparison.Ordinal))];

    public static TheoryData<string> RecipePaths { get; } = [.. Recipes];

    [Theory]
    [MemberData(nameof(RecipePaths))]
    public void A_recipe_reads_and_is_written_back(string file)
    {
        Recipe recipe = Load(file);
        Recipe again = Files.Parse(RecipeWriter.ToYaml(recipe), file);
        Assert.Equal(recipe, again);
        Assert.Equal(recipe.Fingerprint(), again.Fingerprint());
    }

    [Theory]
    [MemberData(nameof(RecipePaths))]
    public void Weights_of_labels_add_up_and_layer_maps_fit(string file)
    {
        foreach (StageOptions stage in Load(file).Stages)
        {
            if (stage.Objectives.Find("softLabels") is SoftLabelsOptions soft)
                Assert.Equal(1.0, soft.Weight + (stage.Objectives.Find("hardLabels") is HardLabelsOptions hard ? hard.Weight : 0), 1e-12);
            if (stage.Objectives.Find("hiddenStates") is HiddenStatesOptions hidden)
                Assert.NotEmpty(hidden.EffectiveLayers.For(12, Load(file).Student.Config?.Layers ?? 6));
            if (stage.Objectives.Find("patience") is not PatienceOptions patience) continue;
            int students = Load(file).Student is { Config: { } sizes } ? sizes.Layers : Load(file).Student.Layers.Resolve(12).Length;
            LayerMap map = patience.Layers.For(12, students);
            Assert.Equal(students - 1, map.Count);
            Assert.Equal(file.Contains("pkd-skip", StringComparison.Ordinal) ? 12 / students : 12 - students + 1, map[0].Teacher);
        }
    }

    [Theory]
    [MemberData(nameof(RecipePaths))]
    public void A_teacher_is_the_output_of_the_recipe_beside_it(string file)
    {
        if (Load(file).Teacher is not { } teacher) return;
        Assert.Equal(Load(Path.Combine(Path.GetDirectoryName(file)!, "teacher.yaml")).OutputFolder(), teacher.Model);
    }

    [Fact]
    public void Names_and_outputs_are_used_once_and_follow_the_files()
    {
        Assert.True(Recipes.Length > 80, $"only {Recipes.Length} recipes in {Root}");
        Assert.All(Recipes, file => Assert.Equal(file[..^".yaml".Length].Replace(Path.DirectorySeparatorChar, '-'), Load(file).Name));
        Assert.Equal(Recipes.Length, Recipes.Select(file => Load(file).OutputFolder()).Distinct().Count());
    }

    [Fact]
    public void Every_part_is_used()
    {
        string all = string.Join('\n', AllFiles().Select(f => string.Join('\n', File.ReadLines(Path.Combine(Root, f)).Where(l => l.StartsWith("extends:", StringComparison.Ordinal)))));
        Assert.All(AllFiles().Where(IsPart), part => Assert.Contains(Path.GetFileName(part), all));
    }

    [Theory]
    [InlineData("mrpc")]
    [InlineData("rte")]
    public void Small_recipes_for_pairs_start_from_the_adapted_model(string task)
    {
        string adapted = Load(Path.Combine("small", "pairs", "adapt.yaml")).OutputFolder();
        Assert.All(Recipes.Where(file => file.StartsWith(Path.Combine("small", task), StringComparison.Ordinal) && Load(file).Student.FastBert is null),
            file => Assert.Equal(adapted, Load(file).Student.From));
    }

    [SkippableTheory]
    [InlineData("sst-2", "teacher")]
    [InlineData("pairs", "adapt")]
    public void Small_recipes_name_data_and_models_that_are_there(string folder, string name)
    {
        TestPaths.Require(TestPaths.Data, "glue");
        TestPaths.Require(TestPaths.Models, "bert-12x192-uncased");
        Recipe recipe = Load(Path.Combine("small", folder, $"{name}.yaml"));
        Assert.All(recipe.Task.Unlabelled ?? [], file => Assert.True(File.Exists(Path.Combine(TestPaths.RepositoryRoot, file)), file));
        Assert.True(File.Exists(Path.Combine(TestPaths.RepositoryRoot, recipe.Task.Data!, "train.tsv")), recipe.Task.Data);
        Assert.True(File.Exists(Path.Combine(TestPaths.RepositoryRoot, recipe.Student.From!, "config.json")), recipe.Student.From);
    }

    private static Recipe Load(string file) => Files.Load(Path.Combine(Root, file));

    private static IEnumerable<string> AllFiles() =>
        Directory.EnumerateFiles(Root, "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal);

    // A part is extended by recipes and is none itself.
    private static bool IsPart(string file) =>
        Path.GetFileName(file) is "task.yaml" or "quarter.yaml" || file.Split(Path.DirectorySeparatorChar).Contains("parts");
}
