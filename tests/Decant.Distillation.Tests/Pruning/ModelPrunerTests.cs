using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Pruning;
using Decant.Distillation.Recipes;
using Decant.Distillation.Tests.Experiments;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Pruning;
using Decant.Text.Data;

namespace Decant.Distillation.Tests.Pruning;

/// <summary>From a trained teacher to a pruned student that learns from the teacher's knowledge store.</summary>
public sealed class ModelPrunerTests : IDisposable
{
    private static readonly PruneOptions Rosita = new() { Layers = LayerSelection.First(3), Heads = 1, Intermediate = 16, EmbeddingRank = 8 };

    private readonly TinyRun tiny = new();
    private readonly string teacher, output;
    private readonly Recipe teacherRecipe;

    public ModelPrunerTests()
    {
        teacherRecipe = tiny.Teacher();
        TinyRun.Run(teacherRecipe);
        (teacher, output) = (Path.Combine(tiny.Folder, "teacher"), Path.Combine(tiny.Folder, "pruned"));
    }

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void A_pruned_student_trains_from_a_knowledge_store()
    {
        PruneResult result = Prune(Rosita);
        Assert.Equal((3, 1, 16, 8), (result.After.Layers, result.After.HeadsOf(0), result.After.IntermediateSize, result.After.EmbeddingRank));
        Recipe recipe = TinyRun.Recipe($$"""
            name: rosita
            task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
            teacher: { model: {{teacher}} }
            student: { from: {{output}}, classifier: keep, head: relu }
            knowledge: {{Path.Combine(tiny.Folder, "knowledge")}}
            stages:
              - { name: hsk, epochs: 1, batchSize: 16, objectives: { hiddenStates: { layers: t_top4, config: 2l_6t_0.5h } }, evaluate: { every: never, keep: last } }
              - { name: prediction, epochs: 1, batchSize: 16, objectives: { softLabels: {} } }
            output: {{Path.Combine(tiny.Folder, "student")}}
            threads: 1
            """);
        new Teaching(recipe, options: new StoreBuildOptions()).Run(new TinyRun.Silent(), new Quiet());
        TinyRun.Run(recipe);
        ModelDirectory trained = ModelLocation.Open(recipe.OutputFolder());
        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(trained.Config.HeadsOf));
        Assert.Equal(8, trained.Config.EmbeddingRank);
        using BertClassifier student = BertLoader.LoadClassifier(trained);
        Assert.Equal(result.ParametersAfter, student.ParameterCount);
        Assert.Equal(Decant.Models.Bert.HeadKind.Relu, student.Head);
    }

    [Fact]
    public void The_same_call_gives_the_same_student()
    {
        Prune(Rosita with { Dropout = true, Steps = 3, Scope = PruningScope.Model });
        byte[] first = File.ReadAllBytes(Path.Combine(output, "model.safetensors"));
        PruneResult again = Prune(Rosita with { Dropout = true, Steps = 3, Scope = PruningScope.Model });
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(output, "model.safetensors")));
        Assert.Equal(3, Enumerable.Range(0, 3).Sum(again.After.HeadsOf));
        Assert.Equal(48, Enumerable.Range(0, 3).Sum(again.After.IntermediateSizeOf));
    }

    [Fact]
    public void Steps_go_the_way_evenly_and_measure_each_time()
    {
        var observer = new Steps();
        PruneResult result = new ModelPruner(teacher, new PruneOptions { Intermediate = 10, Steps = 3 }).Run(output, Data(), 64, observer: observer);
        Assert.Equal(["1/3", "2/3", "3/3"], observer.Seen);
        Assert.Equal(10, result.After.IntermediateSize);
        Assert.Equal(2, result.After.HeadsOf(0));
    }

    [Fact]
    public void What_matters_is_kept()
    {
        // The student keeps more of the teacher's answers than one that keeps what matters least.
        using BertClassifier model = BertLoader.LoadClassifier(ModelLocation.Open(teacher));
        var measurement = new ImportanceMeasurement(Encoded(), new PruneOptions { BatchSize = 16 });
        ImportanceScores scores = measurement.Measure(model);
        var worst = new ImportanceScores([.. scores.Heads.Select(l => l.Select(s => -s).ToArray())], [.. scores.Neurons.Select(l => l.Select(s => -s).ToArray())]);
        int[] layers = [0, 1, 2, 3];
        Assert.True(Loss(model, scores.Select(layers, 1, 8)) < Loss(model, worst.Select(layers, 1, 8)));
    }

    [Fact]
    public void Only_layers_and_word_table_need_no_data()
    {
        PruneResult result = new ModelPruner(teacher, new PruneOptions { Layers = LayerSelection.Last(1), EmbeddingRank = 3 }).Run(output, null);
        Assert.Equal((1, 2, 3), (result.After.Layers, result.After.HeadsOf(0), result.After.EmbeddingRank));
    }

    [Fact]
    public void What_cannot_be_done_is_refused()
    {
        Assert.Contains("Nothing would be cut off", Refusal(new PruneOptions()));
        Assert.Contains("has 2 heads in a layer; 3 cannot be kept.", Refusal(new PruneOptions { Heads = 3 }));
        Assert.Contains("has 64 feed-forward neurons in a layer; 65 cannot be kept.", Refusal(new PruneOptions { Intermediate = 65 }));
        Assert.Contains("has a word table of rank 32; 33 is more.", Refusal(new PruneOptions { EmbeddingRank = 33 }));
        Assert.Contains("the model has 4 layers", Refusal(new PruneOptions { Layers = LayerSelection.First(5) }));
        Assert.Contains("measured on examples with labels", Assert.Throws<DecantException>(() => new ModelPruner(teacher, Rosita).Run(output, null)).Message);
        string model = ModelLocation.Resolve(teacher);
        Assert.Contains("choose another output folder", Assert.Throws<DecantException>(() => new ModelPruner(teacher, Rosita).Run(model, Data())).Message);
        DataSet data = Data();
        var three = new DataSet(data.Task with { Name = "three", Labels = ["a", "b", "c"] }, "train", data.Examples, "three");
        Assert.Contains("It was trained for another task.", Assert.Throws<DecantException>(() => new ModelPruner(teacher, Rosita).Run(output, three)).Message);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void A_stop_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new ModelPruner(teacher, Rosita).Run(output, Data(), stop: stop.Token));
        Assert.False(Directory.Exists(output));
    }

    private PruneResult Prune(PruneOptions options) => new ModelPruner(teacher, options).Run(output, Data(), 64);

    private DataSet Data() => TaskLoader.Load(teacherRecipe.Task).Train;

    private Decant.Text.Batching.EncodedDataSet Encoded() =>
        Decant.Text.Batching.EncodedDataSet.Encode(Data(), Decant.Text.Tokenization.WordPieceTokenizer.Load(ModelLocation.Resolve(teacher)), 64);

    private double Loss(BertClassifier model, PruningPlan plan)
    {
        using BertClassifier cut = ModelCutter.Cut(model, plan);
        float[] whole = new Decant.Distillation.Evaluation.Evaluator(Encoded()).Answer(model), left = new Decant.Distillation.Evaluation.Evaluator(Encoded()).Answer(cut);
        return whole.Zip(left, (a, b) => (double)(a - b) * (a - b)).Sum();
    }

    private string Refusal(PruneOptions options) => Assert.Throws<DecantException>(() => Prune(options)).Message;

    private sealed class Quiet : IStoreBuildObserver;

    private sealed class Steps : IPruningObserver
    {
        public List<string> Seen { get; } = [];
        public void StepStarted(int step, int steps, long batches) => Seen.Add($"{step}/{steps}");
        public void Advanced(long batches) { }
    }
}
