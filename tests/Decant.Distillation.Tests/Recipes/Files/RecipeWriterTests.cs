using Decant.Distillation.LayerMaps;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Recipes;

public class RecipeWriterTests
{
    private static readonly RecipeFile Files = new(TestObjectives.Catalog);

    private static readonly Recipe Full = new()
    {
        Name = "all-keys",
        Description = "Says \"hello\", ${HOME}, 'ça va' \\ 😀\n\ttwice: # no comment",
        Cite = "null",
        Task = new()
        {
            Name = TaskName.Own, Train = "a b.csv", Dev = "-d.csv", Pair = "true", Label = "1", Labels = ["no", "0", "~", "", "yes: maybe"],
            Limit = new() { Train = 5 }, Metric = "f1",
        },
        Teacher = new()
        {
            From = "{odd}", Head = HeadKind.Relu, Dropout = true,
            Finetune = new() { Epochs = 0.1, Objectives = new(new ObjectiveEntry("hardLabels", new TestObjectives.HardOptions())) },
        },
        Student = new() { Config = new() { Layers = 4, Hidden = 312, Heads = 12, Intermediate = 1200 }, Dropout = 1e-7 },
        Knowledge = "[store]",
        Stages =
        [
            new()
            {
                Name = "one", Steps = 3, Checkpoint = Cadence.Every(7), EarlyStop = new() { Patience = 2 },
                Optimizer = new() { LearningRate = 1.0 / 3, Schedule = ScheduleName.WarmupConstant, Betas = [0.8, 0.99] },
                Objectives = new(
                    new ObjectiveEntry("patience", new TestObjectives.PatientOptions { Layers = LayerMapRule.Pairs(new LayerPair(1, 2), new LayerPair(1, 3)).KeepTop(1) }),
                    new ObjectiveEntry("softLabels", new TestObjectives.SoftOptions { Weight = 1e5, Reduction = TestObjectives.TestReduction.MeanAll })),
            },
            new() { Name = "two", Epochs = 1, Objectives = new(new ObjectiveEntry("hardLabels", new TestObjectives.HardOptions { Weight = 0 })) },
        ],
        Seeds = [3, 1],
        Device = DeviceName.Cpu,
    };

    [Fact]
    public void What_is_written_reads_as_the_same_recipe()
    {
        string yaml = RecipeWriter.ToYaml(Full);
        Recipe again = Files.Parse(yaml);
        Assert.Equal(yaml, RecipeWriter.ToYaml(again));
        Assert.Equal(Full, again);
        Assert.Equal(Full.GetHashCode(), again.GetHashCode());
    }

    [Fact]
    public void Every_effective_value_is_spelt_out()
    {
        string yaml = RecipeWriter.ToYaml(Full);
        Assert.Contains("    optimizer:\n      name: bertAdam\n      learningRate: 0.3333333333333333\n      warmup: 0.1\n      schedule: warmupConstant\n", yaml);
        Assert.Contains("labels: [no, 0, \"~\", \"\", \"yes: maybe\"]", yaml);
        Assert.DoesNotContain("synthetic", yaml);
    }

    [Fact]
    public void Any_text_survives()
    {
        Random random = new(4);
        string[] texts = [.. Enumerable.Range(0, 2000).Select(_ => AnyText(random)).Distinct()];
        Recipe recipe = Full with { Description = texts[0], Task = Full.Task with { Labels = [.. texts] } };
        Assert.Equal(texts, Files.Parse(RecipeWriter.ToYaml(recipe)).Task.Labels!);
    }

    [Fact]
    public void Any_number_survives()
    {
        Random random = new(5);
        double[] rates = [.. Enumerable.Range(0, 300).Select(_ => Math.Pow(10, -12 * random.NextDouble()) * random.NextDouble())];
        Recipe recipe = Full with { Stages = [.. rates.Select((rate, i) => Full.Stages[1] with { Name = $"s{i}", Optimizer = new() { LearningRate = rate } })] };
        Assert.Equal(rates, Files.Parse(RecipeWriter.ToYaml(recipe)).Stages.Select(stage => stage.Optimizer.LearningRate));
    }

    private static string AnyText(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4) switch
    {
        0 => ((char)random.Next(0x20, 0x7F)).ToString(),
        1 => "${}[]:#'\"\\-~&*!|>%@`,? \n\t\r"[random.Next(26)].ToString(),
        2 => char.ConvertFromUtf32(random.Next(0x80, 0xD800)),
        _ => char.ConvertFromUtf32(random.Next(0x10000, 0x10FFFF)),
    }));
}
