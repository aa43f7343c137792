using Decant.Distillation.Evaluation;
using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Tests.Experiments;
using Decant.Text.Data;

namespace Decant.Tests.Evaluation;

/// <summary>Evaluation of a FastBERT that leaves early.</summary>
public class AdaptiveEvaluationTests
{
    [Fact]
    public void A_speed_leaves_early_and_0_is_the_full_model()
    {
        using var tiny = new TinyRun();
        Recipe recipe = TinyRun.Recipe($$"""
            task: { name: synthetic, synthetic: { train: 64, dev: 40 }, maxLength: 32 }
            student: { config: { layers: 3, hidden: 16, heads: 2, intermediate: 20, maxPositions: 32 }, fastBert: { width: 8 } }
            stages: [ { steps: 4, objectives: { hardLabels: {} } } ]
            output: {{Path.Combine(tiny.Folder, "fast")}}
            threads: 1
            """);
        TinyRun.Run(recipe);
        DataSet dev = SplitLoader.Load(recipe.Task, "dev");
        ModelEvaluation At(double? speed, string run = "fast") => ModelEvaluation.Of(Path.Combine(tiny.Folder, run), dev, speed: speed);
        Assert.Null(At(null).MeanLayers);
        Assert.Equal(3, At(0).MeanLayers);
        Assert.Equal(1, At(1).MeanLayers);
        Assert.All(At(null).Result.Answers.Zip(At(0).Result.Answers), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        TinyRun.Run(tiny.Teacher());
        Assert.EndsWith("is no FastBERT: it has no layers to leave at. Leave the speed out.", Assert.Throws<DecantException>(() => At(0.5, "teacher")).Message);
    }
}
