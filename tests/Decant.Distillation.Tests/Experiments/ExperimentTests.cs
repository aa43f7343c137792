using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Models.Checkpoints;

namespace Decant.Distillation.Tests.Experiments;

public class ExperimentTests
{
    [Fact]
    public void A_teacher_and_its_students_are_trained_and_written_whole()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        RunResult result = TinyRun.Run(tiny.Student());

        Assert.Equal([1, 2], result.Seeds.Select(s => s.Seed));
        Assert.NotNull(result.Teacher);
        var paths = new RunPaths(Path.Combine(tiny.Folder, "student"));
        Assert.Equal(2, ModelDirectory.Open(ModelLocation.Resolve(paths.Root)).Config.Layers);
        foreach (string file in new[] { paths.Recipe, paths.Environment, paths.Result, paths.Seed(2).Metrics, Path.Combine(paths.Seed(2).Model, "README.md"), Path.Combine(paths.Seed(2).Model, "tokenizer.json") })
            Assert.True(File.Exists(file), file);
        Assert.False(Directory.Exists(paths.Seed(1).Checkpoints));
    }

    [Fact]
    public void The_same_recipe_gives_the_same_bits_and_another_seed_gives_others()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher("a"));
        TinyRun.Run(tiny.Teacher("b"));
        TinyRun.Run(tiny.Teacher("c", "seeds: [2]"));
        Assert.Equal(tiny.Weights("a"), tiny.Weights("b"));
        Assert.NotEqual(tiny.Weights("a"), tiny.Weights("c", seed: 2));
    }

    [Fact]
    public void A_stopped_run_goes_on_to_the_same_bits()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        TinyRun.Run(tiny.Student("whole"));
        foreach (int stopAt in new[] { 1, 6, 7, 15, 20 })
        {
            Recipe recipe = tiny.Student("stopped");
            using var stop = new CancellationTokenSource();
            Assert.Throws<TrainingStoppedException>(() => TinyRun.Run(recipe, resume: true, stop.Token, new StopAfter(stopAt, stop)));
            TinyRun.Run(recipe, resume: true);
            Assert.Equal(tiny.Weights("whole", 1), tiny.Weights("stopped", 1));
            Assert.Equal(tiny.Weights("whole", 2), tiny.Weights("stopped", 2));
            Directory.Delete(Path.Combine(tiny.Folder, "stopped"), recursive: true);
        }
    }

    [Fact]
    public void Another_recipe_does_not_go_on_in_the_same_folder()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        Recipe other = tiny.Teacher() with { Task = tiny.Teacher().Task with { MaxLength = 32 } };
        var error = Assert.Throws<DecantException>(() => TinyRun.Run(other, resume: true));
        Assert.Contains("was made by another recipe", error.Message);
    }

    [Fact]
    public void A_teacher_that_only_guesses_is_pointed_out()
    {
        using var tiny = new TinyRun();
        Recipe untrained = tiny.Teacher();
        TinyRun.Run(untrained with { Stages = [untrained.Stages[0] with { Epochs = null, Steps = 1 }] });
        var observer = new TinyRun.Silent();
        TinyRun.Run(tiny.Student(), observer: observer);
        Assert.Contains(observer.Warnings, w => w.StartsWith("The teacher looks untrained", StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_in_another_order_are_refused()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        string config = Path.Combine(tiny.Folder, "teacher", "seed-1", "model", "config.json");
        string[] labels = ["negative", "positive"];
        string text = File.ReadAllText(config);
        Assert.All(labels, l => Assert.Contains(l, text));
        File.WriteAllText(config, text.Replace("negative", "?").Replace("positive", "negative").Replace("?", "positive"));
        var error = Assert.Throws<DecantException>(() => TinyRun.Run(tiny.Student()));
        Assert.Contains("has its labels in another order", error.Message);
    }

    [Fact]
    public void Teacher_and_student_of_different_vocabularies_are_refused()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        string vocabulary = Path.Combine(tiny.Folder, "vocab.txt");
        File.WriteAllLines(vocabulary, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "other"]);
        Recipe student = tiny.Student() with
        {
            Student = new StudentOptions { Config = new StudentConfig { Layers = 2, Hidden = 32, Heads = 2, Vocabulary = vocabulary } },
        };
        var error = Assert.Throws<DecantException>(() => TinyRun.Run(student));
        Assert.Contains("read text differently", error.Message);
    }

    [Fact]
    public void A_layer_map_that_does_not_fit_is_refused_before_training()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        Recipe recipe = TinyRun.Recipe(File.ReadAllText(new RunPaths(Path.Combine(tiny.Folder, "teacher")).Recipe)) with
        {
            Teacher = tiny.Student().Teacher,
            Stages = TinyRun.Recipe($$"""
                task: { name: synthetic }
                student: { from: teacher }
                teacher: { model: x }
                stages: [ { epochs: 1, objectives: { patience: { layers: [2, 9] } } } ]
                """).Stages,
            Output = Path.Combine(tiny.Folder, "misfit"),
        };
        Assert.Contains("9", Assert.Throws<DecantException>(() => TinyRun.Run(recipe)).Message);
    }

    [Fact]
    public void A_missing_model_says_what_to_name()
    {
        using var tiny = new TinyRun();
        var error = Assert.Throws<DecantException>(() => TinyRun.Run(tiny.Student(teacher: "nowhere")));
        Assert.EndsWith("does not exist. Name a model folder, or the folder of a finished run.", error.Message);
    }

    private sealed class StopAfter(int updates, CancellationTokenSource stop) : TinyRun.Silent, IExperimentObserver
    {
        private int seen;

        void ITrainingObserver.Updated(UpdateReport update)
        {
            if (++seen == updates) stop.Cancel();
        }
    }
}
