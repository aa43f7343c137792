using Decant.Distillation.LayerMaps;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Recipes;

public sealed class RecipeFileTests : IDisposable
{
    private const string PkdSkip = """
        # PKD-Skip, 12 → 6 layers (Sun et al. 2019, table 1, SST-2)
        task:     { name: sst-2, data: data/glue/SST-2, maxLength: 128 }
        teacher:  { model: runs/sst2-teacher }
        student:  { from: models/bert-12x192, layers: first 6 }
        knowledge: online
        stages:
          - name: distil
            epochs: 4
            batchSize: 32
            optimizer: { name: bertAdam, learningRate: 5e-5, warmup: 0.1 }
            objectives:
              hardLabels: { weight: 0.3 }
              softLabels: { weight: 0.7, temperature: 10 }
              patience:   { weight: 100, layers: skip, normalize: true }
        seeds: [1, 2, 3]
        """;

    private static readonly RecipeFile Files = new(TestObjectives.Catalog);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decant-recipe");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_recipe_reads_into_records()
    {
        Recipe recipe = Files.Parse(PkdSkip, "pkd-skip.yaml");
        Assert.Equal("pkd-skip", recipe.Name);
        Assert.Equal(Path.Combine("runs", "pkd-skip"), recipe.OutputFolder());
        Assert.Equal(TaskName.Sst2, recipe.Task.Name);
        Assert.Equal("runs/sst2-teacher", recipe.Teacher!.Model);
        Assert.Equal([0, 1, 2, 3, 4, 5], recipe.Student.Layers.Resolve(12));
        Assert.True(recipe.IsOnline());
        Assert.Equal([1, 2, 3], recipe.Seeds);
        StageOptions stage = Assert.Single(recipe.Stages);
        Assert.Equal(4, stage.Epochs);
        Assert.Equal(new OptimizerOptions { LearningRate = 5e-5, Warmup = 0.1 }, stage.Optimizer);
        Assert.Equal("hardLabels + softLabels + patience", stage.Objectives.ToString());
        Assert.Equal(new TestObjectives.SoftOptions { Weight = 0.7, Temperature = 10 }, stage.Objectives.Find("softLabels"));
        Assert.Equal(new TestObjectives.PatientOptions { Weight = 100, Layers = LayerMapRule.Skip }, stage.Objectives.Find("patience"));
        Assert.Null(stage.Objectives.Find("attention"));
    }

    [Theory]
    [InlineData("stages.0.epochs=2", "epochs: 2")]
    [InlineData("stages.distil.epochs=2", "epochs: 2")]
    [InlineData("stages.0.objectives.softLabels.temperature=20", "temperature: 20")]
    [InlineData("stages.0.objectives.patience.layers=[2, 4, 6]", "layers: [2, 4, 6]")]
    [InlineData("stages.0.objectives.patience.layers={1: 2, 2: [5, 6]}", "layers: {1: 2, 2: [5, 6]}")]
    [InlineData("stages.0.earlyStop.patience=3", "earlyStop:\n      patience: 3")]
    [InlineData("task.limit.train=100", "limit:\n    train: 100")]
    [InlineData("seeds=[7]", "seeds: [7]")]
    public void Values_are_set_from_the_command_line(string set, string inYaml) =>
        Assert.Contains(inYaml, RecipeWriter.ToYaml(Files.Parse(PkdSkip, "x", RecipeOverride.Parse(set))));

    [Theory]
    [InlineData("stages.0.epoch=2", "--set stages.0.epoch: unknown key 'epoch' in stages.0. Did you mean 'epochs'? Valid keys: name, epochs, steps,")]
    [InlineData("stages.1.epochs=2", "--set stages.1.epochs: '1' is not in the list at x:7, which has 1 entries, counted from 0 (distil).")]
    [InlineData("stages.train.epochs=2", "--set stages.train.epochs: 'train' is not in the list at x:7,")]
    [InlineData("knowledge.store=2", "--set knowledge.store: there are no keys under 'online' (x:5), so 'store' cannot be set.")]
    [InlineData("seeds=[1, 1]", "--set seeds: seeds names a seed twice; each seed is one run.")]
    [InlineData("stages.0.epochs=", "--set stages.0.epochs: stages.0 needs either 'epochs' or 'steps', and not both.")]
    [InlineData("stages.0.epochs=[1", "--set stages.0.epochs: this is not valid YAML:")]
    [InlineData("stages.0.batchSize=many", "--set stages.0.batchSize: stages.0.batchSize must be a whole number from 1 to 65536, but is 'many'.")]
    public void Set_is_as_strict_as_the_file(string set, string message)
    {
        string all = Assert.Throws<RecipeException>(() => Files.Parse(PkdSkip, "x", RecipeOverride.Parse(set))).Message;
        Assert.StartsWith(set == "stages.0.epochs=" ? "x:7: stages.0 needs either" : message, all);
    }

    [Theory]
    [InlineData("epochs")]
    [InlineData("=2")]
    [InlineData("a..b=2")]
    [InlineData("a. b=2")]
    public void Set_without_key_or_value_says_how_to_write_it(string text) =>
        Assert.Equal($"--set {text}: write key=value, for example --set stages.0.epochs=2.",
            Assert.Throws<RecipeException>(() => RecipeOverride.Parse(text)).Message);

    [Fact]
    public void A_recipe_extends_another()
    {
        Write("base/common.yaml", PkdSkip);
        string path = Write("kd.yaml", """
            extends: base/common.yaml
            name: kd
            stages:
              - name: distil
                optimizer: { learningRate: 2e-5 }
                objectives: { patience: off, softLabels: { temperature: 20 } }
              - name: polish
                steps: 10
                objectives: { hardLabels: {} }
            seeds: [9]
            """);
        Recipe recipe = Files.Load(path, RecipeOverride.Parse("stages.polish.steps=5"));
        Assert.Equal("kd", recipe.Name);
        Assert.Equal([9], recipe.Seeds);
        Assert.Equal(["distil", "polish"], recipe.Stages.Select(s => s.Name));
        Assert.Equal(2e-5, recipe.Stages[0].Optimizer.LearningRate);
        Assert.Equal(0.1, recipe.Stages[0].Optimizer.Warmup);
        Assert.Equal("hardLabels + softLabels", recipe.Stages[0].Objectives.ToString());
        Assert.Equal(new TestObjectives.SoftOptions { Weight = 0.7, Temperature = 20 }, recipe.Stages[0].Objectives.Find("softLabels"));
        Assert.Equal(5, recipe.Stages[1].Steps);
    }

    [Fact]
    public void An_error_in_an_extended_file_names_that_file()
    {
        string common = Write("common.yaml", PkdSkip.Replace("batchSize: 32", "batchSize: 0"));
        string path = Write("kd.yaml", "extends: common.yaml");
        Assert.Equal($"{common}:9: stages.0.batchSize must be a whole number from 1 to 65536, but is 0.",
            Assert.Throws<RecipeException>(() => Files.Load(path)).Message);
    }

    [Fact]
    public void Extending_in_a_circle_shows_the_circle()
    {
        string a = Write("a.yaml", "extends: b.yaml");
        Write("b.yaml", "extends: [c.yaml]");
        Write("c.yaml", "extends: a.yaml");
        Assert.EndsWith("extends itself: a.yaml → b.yaml → c.yaml → a.yaml.", Assert.Throws<RecipeException>(() => Files.Load(a)).Message);
    }

    [Fact]
    public void Extending_nothing_names_the_line()
    {
        string path = Write("a.yaml", "\nextends: none.yaml");
        Assert.StartsWith($"{path}:2: extends none.yaml, but there is no ", Assert.Throws<RecipeException>(() => Files.Load(path)).Message);
    }

    [Fact]
    public void Later_parents_win_over_earlier_ones()
    {
        Write("one.yaml", PkdSkip);
        Write("two.yaml", "seeds: [5]\nthreads: 2");
        Recipe recipe = Files.Load(Write("a.yaml", "extends: [one.yaml, two.yaml]\nthreads: 1"));
        Assert.Equal([5], recipe.Seeds);
        Assert.Equal(1, recipe.Threads);
    }

    [Fact]
    public void A_missing_file_a_folder_and_bytes_that_are_no_text_are_told_apart()
    {
        string missing = Path.Combine(_folder.FullName, "none.yaml");
        Assert.Equal($"{missing}: there is no such file.", Error(missing));
        Assert.Equal($"{_folder.FullName}: is a folder; name a recipe file.", Error(_folder.FullName));
        string binary = Path.Combine(_folder.FullName, "binary.yaml");
        File.WriteAllBytes(binary, [0x61, 0x3A, 0x20, 0xFF, 0xFE]);
        Assert.Equal($"{binary}: is not UTF-8 text; save it as UTF-8.", Error(binary));
        string huge = Path.Combine(_folder.FullName, "huge.yaml");
        File.WriteAllBytes(huge, new byte[(1 << 20) + 1]);
        Assert.Equal($"{huge}: is larger than 1 MiB; that is no recipe.", Error(huge));
    }

    [Fact]
    public void An_empty_file_says_what_is_missing() =>
        Assert.Equal($"{Write("e.yaml", "# nothing\n")}:1: the recipe must be a map of keys, but is empty.",
            Error(Path.Combine(_folder.FullName, "e.yaml")));

    [Fact]
    public void Damaged_recipes_read_or_give_a_clear_error()
    {
        const string Marks = "{}[]:,&*!|>'\"%@`#-?~. \n\t09aE=";
        Random random = new(11);
        for (int i = 0; i < 500; i++)
        {
            char[] text = PkdSkip.ToCharArray();
            for (int n = random.Next(1, 5); n > 0; n--) text[random.Next(text.Length)] = Marks[random.Next(Marks.Length)];
            try { Assert.NotNull(Files.Parse(new string(text), "f").Task); }
            catch (RecipeException e) { Assert.All(e.Problems, p => Assert.Matches("^f:[0-9]+: ", p)); }
        }
    }

    private static string Error(string path) => Assert.Throws<RecipeException>(() => Files.Load(path)).Message;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
