using Decant.Distillation.Experiments;
using Decant.Distillation.Planning;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Training;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Torch.Serialization;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>FastBERT from recipe to weights: fine-tuning of the backbone, then self-distillation of the branches.</summary>
public class FastBertExperimentTests
{
    [Fact]
    public void Self_distillation_changes_the_branches_and_nothing_else()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(FastBert(tiny, "tuned", stages: 1));
        TinyRun.Run(FastBert(tiny, "fast"));
        ModelDirectory directory = ModelLocation.Open(Path.Combine(tiny.Folder, "fast"));
        Assert.Equal((ModelKind.FastBert, new BranchShape(8, 2)), (directory.Kind, directory.Branches));
        using FastBertClassifier model = FastBertLoader.Load(directory);
        Assert.Equal(3, model.Layers);
        Dictionary<string, byte[]> before = Weights(tiny, "tuned"), after = Weights(tiny, "fast");
        foreach (string name in after.Keys)
        {
            bool isBranch = name.StartsWith("branches.0.", StringComparison.Ordinal) || name.StartsWith("branches.1.", StringComparison.Ordinal);
            // The key's bias has no gradient.
            if (!name.EndsWith("key.bias", StringComparison.Ordinal)) Assert.True(isBranch != before[name].SequenceEqual(after[name]), name);
        }
    }

    [Fact]
    public void The_branches_come_to_agree_with_the_last_layer()
    {
        using var tiny = new TinyRun();
        var losses = new TinyRun.Losses("selfDistillation");
        TinyRun.Run(FastBert(tiny, "fast"), observer: losses);
        Assert.True(losses.Values[^3..].Average() < 0.5 * losses.Values[..3].Average(), string.Join(", ", losses.Values));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    public void A_stopped_run_goes_on_to_the_same_bits(int stopAt)
    {
        using var tiny = new TinyRun();
        TinyRun.Run(FastBert(tiny, "whole"));
        Recipe recipe = FastBert(tiny, "stopped");
        using var stop = new CancellationTokenSource();
        Assert.Throws<TrainingStoppedException>(() => TinyRun.Run(recipe, resume: true, stop.Token, new TinyRun.Losses("selfDistillation", stopAt, stop)));
        TinyRun.Run(recipe, resume: true);
        Assert.Equal(tiny.Weights("whole"), tiny.Weights("stopped"));
    }

    [Fact]
    public void Texts_without_labels_are_learnt_from_too()
    {
        using var tiny = new TinyRun();
        string file = Path.Combine(tiny.Folder, "more.csv");
        File.WriteAllText(file, "text\n" + string.Concat(Enumerable.Range(0, 64).Select(i => $"a fine film number {i}\n")));
        var losses = new TinyRun.Losses("selfDistillation");
        TinyRun.Run(FastBert(tiny, "fast", set: ["task.unlabelled=" + file, "stages.1.unlabelled=true"]), observer: losses);
        // 96 examples and 64 texts, 16 a batch, 3 epochs.
        Assert.Equal((96 + 64) / 16 * 3, losses.Values.Count);
        Assert.Equal(losses.Values.Count, new Planner(FastBert(tiny, "fast", set: ["task.unlabelled=" + file, "stages.1.unlabelled=true"])).Plan().Stages[1].Updates);
        var error = Assert.Throws<DecantException>(() => TinyRun.Run(FastBert(tiny, "wrong", set: ["task.unlabelled=" + file, "stages.0.unlabelled=true"])));
        Assert.Contains("has no labels for 64 of 160 examples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_starts_from_a_distilled_student_of_a_teacher()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        TinyRun.Run(tiny.Student());
        Recipe recipe = FastBert(tiny, "fast", student: $"from: {Path.Combine(tiny.Folder, "student")}, dropout: 0.2");
        TinyRun.Run(recipe);
        using FastBertClassifier model = FastBertLoader.Load(ModelLocation.Open(Path.Combine(tiny.Folder, "fast")));
        Assert.Equal((2, 0.2), (model.Layers, model.Config.HiddenDropout));
    }

    [Fact]
    public void The_plan_knows_what_teaches()
    {
        using var tiny = new TinyRun();
        ExperimentPlan plan = new Planner(FastBert(tiny, "fast")).Plan();
        Assert.Equal(["selfDistillation × 1"], plan.Stages[1].Objectives);
        Assert.Equal("logits", plan.Stages[1].Knowledge);
    }

    [Theory]
    [InlineData("stages.1.evaluate.keep=best", "stages.1.evaluate.keep chooses by the last layer's answers, which do not change while the branches are trained; set evaluate: { keep: last }.")]
    [InlineData("stages.0.unlabelled=true", "stages.0.unlabelled is true, but there are no such texts; name their files in task.unlabelled.")]
    [InlineData("student.fastBert.heads=3", "student.fastBert.heads is 3, which does not divide width 8.")]
    [InlineData("student.head=relu", "student.head is for a student with one classifier; a FastBERT has its own on every layer.")]
    [InlineData("student={ config: { layers: 3, hidden: 32, heads: 2 } }", "stages.0.train chooses a part of a FastBERT; add student.fastBert, or leave it out.")]
    public void A_broken_rule_is_told(string set, string message)
    {
        using var tiny = new TinyRun();
        var error = Assert.Throws<Recipes.Binding.RecipeException>(() => FastBert(tiny, "fast", set: [set]));
        Assert.Contains(error.Problems, p => p.Contains(message, StringComparison.Ordinal));
    }

    private static Recipe FastBert(TinyRun tiny, string output, int stages = 2, string student = "config: { layers: 3, hidden: 32, heads: 2, intermediate: 64, maxPositions: 64 }", params string[] set) =>
        new RecipeFile(Objectives.KnownObjectives.Catalog).Parse($$"""
            name: fast
            task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
            student: { {{student}}, fastBert: { width: 8 } }
            stages:
              - name: finetune
                train: backbone
                epochs: 2
                batchSize: 16
                optimizer: { learningRate: 1e-3 }
                objectives: { hardLabels: {} }
                evaluate: { keep: last }
            {{(stages == 1 ? "" : """
              - name: selfDistil
                train: branches
                knowledge: self
                epochs: 3
                batchSize: 16
                optimizer: { learningRate: 1e-2, warmup: 0 }
                objectives: { selfDistillation: {} }
                evaluate: { keep: last }
            """)}}
            output: {{Path.Combine(tiny.Folder, output)}}
            threads: 1
            """, "recipe", set.Select(RecipeOverride.Parse).ToArray());

    private static Dictionary<string, byte[]> Weights(TinyRun tiny, string run)
    {
        using ICheckpoint weights = ModelLocation.Open(Path.Combine(tiny.Folder, run)).OpenWeights();
        return weights.Names.ToDictionary(name => name, name => weights.Get(name).Bytes.ToArray());
    }
}
