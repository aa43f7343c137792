using Decant.Distillation.Experiments;
using Decant.Distillation.Planning;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Tests.Augmentation;
using Decant.Distillation.Training;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>Going on with pre-training on the texts of a task, from recipe to weights.</summary>
public sealed class AdaptationTests
{
    [Fact]
    public void Hidden_words_come_to_be_guessed()
    {
        using var tiny = new TinyRun();
        var losses = new TinyRun.Losses("maskedLanguageModel");
        TinyRun.Run(Adapt(tiny, "adapted"), observer: losses);
        Assert.Equal(60, losses.Values.Count);
        // A new head knows nothing: the first loss is that of guessing among all words.
        Assert.InRange(losses.Values[0], 4, 8);
        Assert.True(losses.Values[^5..].Average() < 0.7 * losses.Values[..5].Average(), string.Join(", ", losses.Values));
    }

    [Theory]
    [InlineData(7, "")]
    [InlineData(31, "stages.0.accumulate=2")]
    public void A_stopped_run_goes_on_to_the_same_bits(int stopAt, string set)
    {
        using var tiny = new TinyRun();
        TinyRun.Run(Adapt(tiny, "whole", set));
        Recipe recipe = Adapt(tiny, "stopped", set);
        using var stop = new CancellationTokenSource();
        Assert.Throws<TrainingStoppedException>(() => TinyRun.Run(recipe, resume: true, stop.Token, new TinyRun.Losses("maskedLanguageModel", stopAt, stop)));
        TinyRun.Run(recipe, resume: true);
        Assert.Equal(tiny.Weights("whole"), tiny.Weights("stopped"));
    }

    [Fact]
    public void Other_files_are_learnt_from_and_a_student_starts_from_the_encoder()
    {
        using var tiny = new TinyRun();
        string[] files = [.. new[] { "a.csv", "b.csv" }.Select(name => Path.Combine(tiny.Folder, name))];
        foreach (string file in files) File.WriteAllText(file, "text\n" + string.Concat(Enumerable.Range(0, 32).Select(i => $"a fine film number {i}\n")));
        string set = $"task.unlabelled=[{string.Join(", ", files)}]";
        StagePlan plan = new Planner(Adapt(tiny, "adapted", set, "stages.0.unlabelled=true")).Plan().Stages[0];
        Assert.Equal(((96 + 64) / 16 * 10, "maskedLanguageModel × 1 (hides 15 % of the word pieces)"), (plan.Updates, plan.Objectives[0]));
        TinyRun.Run(Adapt(tiny, "adapted", set, "stages.0.unlabelled=true", "stages.0.epochs=1"));
        TinyRun.Run(Adapt(tiny, "student", $"student={{ from: '{Path.Combine(tiny.Folder, "adapted")}', layers: first 1 }}",
            "stages.0={ name: train, epochs: 1, objectives: { hardLabels: {} } }"));
        Assert.Equal((1, 32), (ModelLocation.Open(Path.Combine(tiny.Folder, "student")).Config.Layers, ModelLocation.Open(Path.Combine(tiny.Folder, "student")).Config.HiddenSize));
    }

    [Fact]
    public void A_teacher_is_adapted_with_the_head_of_its_own_checkpoint()
    {
        using var tiny = new TinyRun();
        string wide = TinyLanguageModel.Save(Path.Combine(tiny.Folder, "wide")), narrow = TinyLanguageModel.Save(Path.Combine(tiny.Folder, "narrow"), hidden: 8);
        string file = Path.Combine(tiny.Folder, "reviews.csv");
        File.WriteAllText(file, TinyLanguageModel.Reviews(32));
        var losses = new TinyRun.Losses("maskedLanguageModel");
        TinyRun.Run(TinyRun.Recipe($$"""
            name: adapt-teacher
            task: { name: own, train: '{{file}}', dev: '{{file}}', unlabelled: '{{file}}', maxLength: 32 }
            teacher: { from: '{{wide}}', finetune: { epochs: 1, unlabelled: true, objectives: { maskedLanguageModel: {} }, evaluate: { every: never, keep: last } } }
            student: { from: '{{narrow}}' }
            stages:
              - { steps: 2, objectives: { hardLabels: {} } }
            output: {{Path.Combine(tiny.Folder, "out")}}
            threads: 1
            """), observer: losses);
        // 32 reviews to train on and the same 32 once more, 32 a batch.
        Assert.Equal(2, losses.Values.Count);
        Assert.All(losses.Values, loss => Assert.True(double.IsFinite(loss)));
    }

    [Theory]
    [InlineData("stages.0.objectives.hardLabels={}", "stages.0.objectives has maskedLanguageModel, which hides words of the texts, beside others that would read them so; give it a stage of its own.")]
    [InlineData("teacher={ from: x, finetune: { epochs: 1, unlabelled: true, objectives: { hardLabels: {} } } }", "teacher.finetune.unlabelled is true, but there are no such texts; name their files in task.unlabelled.")]
    [InlineData("stages.0.evaluate={ keep: best }", "stages.0.evaluate.keep chooses by the classifier's answers, which maskedLanguageModel does not train; set evaluate: { every: never, keep: last }.")]
    public void A_broken_rule_is_told(string set, string message)
    {
        using var tiny = new TinyRun();
        var error = Assert.Throws<Recipes.Binding.RecipeException>(() => Adapt(tiny, "adapted", set));
        Assert.Contains(error.Problems, p => p.Contains(message, StringComparison.Ordinal));
    }

    private static Recipe Adapt(TinyRun tiny, string output, params string[] set) => new RecipeFile(Objectives.KnownObjectives.Catalog).Parse($$"""
        name: adapt
        task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
        student: { config: { layers: 2, hidden: 32, heads: 2, intermediate: 64, maxPositions: 64 } }
        stages:
          - name: adapt
            epochs: 10
            batchSize: 16
            optimizer: { learningRate: 5e-3 }
            objectives: { maskedLanguageModel: {} }
            evaluate: { every: never, keep: last }
        output: {{Path.Combine(tiny.Folder, output)}}
        threads: 1
        """, "recipe", set.Where(s => s.Length > 0).Select(RecipeOverride.Parse).ToArray());
}
