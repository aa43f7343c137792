using Decant.Distillation.Augmentation;
using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Tests.Augmentation;
using Decant.Text.Augmentation;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>From augmented data to a student, beside the teacher and from a store.</summary>
public sealed class AugmentedExperimentTests : IDisposable
{
    private readonly TinyRun tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void A_recipe_trains_on_augmented_own_files_and_teach_covers_them()
    {
        string File(string name) => Path.Combine(tiny.Folder, name);
        string train = File("train.csv"), augmented = File("augmented.csv");
        System.IO.File.WriteAllText(train, TinyLanguageModel.Reviews(40));
        string model = TinyLanguageModel.Save(File("lm"));
        long written = new DataAugmentation(AugmentationTable.Open(train, new()), model, null, new() { Copies = 3 }).Run(augmented);
        Assert.InRange(written, 81, 160);

        string task = $"task: {{ name: own, train: {train}, dev: {train}, augmented: {augmented}, maxLength: 48 }}\nthreads: 1\n";
        TinyRun.Run(TinyRun.Recipe(task + $$"""
            student: { from: {{model}}, layers: all }
            stages: [ { steps: 3, objectives: { hardLabels: {} } } ]
            output: {{File("teacher")}}
            """));
        Recipe student = TinyRun.Recipe(task + $$"""
            teacher: { model: {{File("teacher")}} }
            student: { from: {{model}}, layers: first 1 }
            stages: [ { epochs: 1, batchSize: 16, objectives: { softLabels: {}, hiddenStates: {} } } ]
            output: {{File("student")}}
            """);
        StoreManifest manifest = new Teaching(student, File("knowledge")).Run(new TinyRun.Silent(), new Quiet());
        Assert.InRange(manifest.Records(), 80, written);
        RunResult online = TinyRun.Run(student), offline = TinyRun.Run(student with { Knowledge = File("knowledge"), Output = File("offline") });
        Assert.Equal((written + 15) / 16, online.Seeds[0].Updates);
        Assert.Equal(online.Seeds[0].Updates, offline.Seeds[0].Updates);
        // A store of the original examples alone does not do.
        new Teaching(student with { Task = student.Task with { Augmented = null } }, File("less")).Run(new TinyRun.Silent(), new Quiet());
        Assert.Contains("was made from other data", Assert.Throws<DecantException>(() => TinyRun.Run(student with { Knowledge = File("less") })).Message);
    }

    [Fact]
    public void A_GLUE_task_reads_the_file_in_place_of_its_training_examples()
    {
        string glue = Path.Combine(tiny.Folder, "SST-2"), more = Path.Combine(tiny.Folder, "more.tsv");
        Directory.CreateDirectory(glue);
        foreach (string split in (string[])["train", "dev"]) File.WriteAllText(Path.Combine(glue, $"{split}.tsv"), "sentence\tlabel\nfilm\t1\n");
        File.WriteAllText(more, "sentence\tlabel\nfilm\t1\nmovie\t1\nplot\t1\n");
        var options = new TaskOptions { Name = TaskName.Sst2, Data = glue };
        Assert.Single(TaskLoader.Load(options).Train.Examples);
        TaskSplits splits = TaskLoader.Load(options with { Augmented = more });
        Assert.Equal(["film", "movie", "plot"], splits.Train.Examples.Select(e => e.Text));
        Assert.Single(splits.Dev.Examples);
        Assert.Contains("there is no such file", Assert.Throws<DecantException>(() => TaskLoader.Load(options with { Augmented = more + "x" })).Message);
    }

    [Theory]
    [InlineData("name: synthetic")]
    [InlineData("name: race, data: race")]
    public void Other_tasks_have_no_augmented_file(string task) =>
        Assert.Contains("is only for GLUE tasks and own files", Assert.Throws<RecipeException>(() => TinyRun.Recipe($$"""
            task: { {{task}}, augmented: more.tsv }
            student: { config: { layers: 1, hidden: 8, heads: 1 } }
            stages: [ { epochs: 1, objectives: { hardLabels: {} } } ]
            """)).Message);

    private sealed class Quiet : IStoreBuildObserver;
}
