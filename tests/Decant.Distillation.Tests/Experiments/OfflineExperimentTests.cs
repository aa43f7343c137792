using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Planning;
using Decant.Distillation.Recipes;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>The same recipe, beside the teacher and from its store.</summary>
public sealed class OfflineExperimentTests : IDisposable
{
    private readonly TinyRun tiny = new();
    private readonly string store;

    public OfflineExperimentTests()
    {
        TinyRun.Run(tiny.Teacher());
        store = Path.Combine(tiny.Folder, "knowledge");
        Teach(tiny.Student(), new() { Values = StoreValues.Float32 });
    }

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Students_from_the_store_score_as_those_beside_the_teacher_even_where_it_is_gone()
    {
        RunResult online = TinyRun.Run(tiny.Student("online"));
        Directory.Move(Path.Combine(tiny.Folder, "teacher"), Path.Combine(tiny.Folder, "elsewhere"));
        Recipe offline = tiny.Student("offline") with { Knowledge = store };
        // The student starts from the teacher's layers, which are a model of their own.
        RunResult result = TinyRun.Run(offline with { Student = offline.Student with { From = Path.Combine(tiny.Folder, "elsewhere") } });
        Assert.Equal(online.Seeds.Select(s => s.Metrics["accuracy"]), result.Seeds.Select(s => s.Metrics["accuracy"]));
        Assert.Equal(online.Teacher, result.Teacher);
        Assert.Equal(online.TeacherParameters, result.TeacherParameters);
    }

    [Fact]
    public void A_recipe_that_needs_less_trains_from_it_and_one_that_needs_more_is_refused()
    {
        Recipe patience = tiny.Student("less") with { Knowledge = store };
        Recipe logits = patience with { Stages = [patience.Stages[0] with { Objectives = new(patience.Stages[0].Objectives.Where(o => o.Name != "patience")) }] };
        Assert.Equal(2, TinyRun.Run(logits).Seeds.Count);
        Directory.Delete(store, recursive: true);
        Teach(logits);
        Assert.Contains("the recipe also needs [CLS] of hidden states 2", Assert.Throws<DecantException>(() => TinyRun.Run(patience)).Message);
    }

    [Fact]
    public void A_retrained_teacher_other_data_and_another_length_are_refused()
    {
        Recipe offline = tiny.Student("offline") with { Knowledge = store };
        Assert.Contains("its field maxLength is '64', but '32' is wanted", Refusal(offline with { Task = offline.Task with { MaxLength = 32 } }));
        Assert.Contains("was made from other data: its field data.fingerprint is", Refusal(offline with { Task = offline.Task with { Synthetic = new() { Seed = 9, Train = 96, Dev = 40 } } }));
        Assert.Contains("teacher.dropout: false", Refusal(offline with { Teacher = offline.Teacher! with { Dropout = true } }));
        TinyRun.Run(tiny.Teacher(extra: "seeds: [5]"));
        Assert.Contains("its field teacher.fingerprint is", Refusal(offline));
        Assert.Contains("holds no knowledge store", Refusal(offline with { Knowledge = Path.Combine(tiny.Folder, "nowhere") }));
    }

    [Fact]
    public void A_part_of_the_data_trains_from_the_store_of_all()
    {
        Recipe offline = tiny.Student("part") with { Knowledge = store };
        Assert.Equal(2, TinyRun.Run(offline with { Task = offline.Task with { Limit = new() { Train = 40 } } }).Seeds.Count);
    }

    [Fact]
    public void The_plan_reads_the_store_and_loads_no_teacher()
    {
        ExperimentPlan plan = new Planner(tiny.Student() with { Knowledge = store }).Plan();
        Assert.Contains(plan.Facts, fact => fact.Key == "knowledge" && fact.Value.StartsWith($"{store}: 96 records", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Facts, fact => fact.Key == "teacher");
    }

    [Fact]
    public void The_size_is_known_before_the_teacher_runs()
    {
        StoreEstimate estimate = new Teaching(tiny.Student(), Path.Combine(tiny.Folder, "other"), new() { Values = StoreValues.Float32 }).Estimate();
        Assert.Equal(96, estimate.Records);
        Assert.InRange(new KnowledgeBytes(store).Total, estimate.Bytes * 0.98, estimate.Bytes * 1.02);
        Assert.False(Directory.Exists(Path.Combine(tiny.Folder, "other")));
    }

    private string Refusal(Recipe recipe) => Assert.Throws<DecantException>(() => TinyRun.Run(recipe)).Message;

    private void Teach(Recipe recipe, StoreBuildOptions? options = null)
    {
        var observer = new TinyRun.Silent();
        StoreManifest manifest = new Teaching(recipe, store, options).Run(observer, new Quiet());
        Assert.Equal(96, manifest.Records());
        Assert.NotNull(manifest.Teacher.Metrics);
    }

    private sealed class Quiet : IStoreBuildObserver;

    private sealed record KnowledgeBytes(string Folder)
    {
        public long Total => Directory.EnumerateFiles(Folder, "shard-*").Sum(f => new FileInfo(f).Length);
    }
}
