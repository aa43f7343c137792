using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Tests.Experiments;
using Decant.Distillation.Training;

namespace Decant.Tests.Objectives.HiddenStates;

/// <summary>The two stages of Marginal Utility Diminishes with a narrow student, from recipe to weights.</summary>
public class HiddenStatesExperimentTests
{
    [Fact]
    public void A_narrow_student_learns_hidden_states_and_then_soft_labels()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        var losses = new Losses();
        TinyRun.Run(Student(tiny, "joint"), observer: losses);
        Assert.Equal(["hiddenStates", "softLabels"], losses.ByTerm.Keys);
        foreach ((string term, List<double> values) in losses.ByTerm)
            Assert.True(values[^3..].Average() < values[..3].Average(), $"{term}: {string.Join(", ", values)}");
    }

    // The projection is not part of the model, but of the checkpoint.
    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void A_stopped_run_goes_on_to_the_same_bits(int stopAt)
    {
        using var tiny = new TinyRun();
        TinyRun.Run(tiny.Teacher());
        TinyRun.Run(Student(tiny, "whole"));
        Recipe recipe = Student(tiny, "stopped");
        using var stop = new CancellationTokenSource();
        Assert.Throws<TrainingStoppedException>(() => TinyRun.Run(recipe, resume: true, stop.Token, new Losses(stopAt, stop)));
        TinyRun.Run(recipe, resume: true);
        Assert.Equal(tiny.Weights("whole"), tiny.Weights("stopped"));
    }

    private static Recipe Student(TinyRun tiny, string output) => TinyRun.Recipe($$"""
        name: student
        task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
        teacher: { model: {{Path.Combine(tiny.Folder, "teacher")}}, dropout: true }
        student: { config: { layers: 2, hidden: 16, heads: 2, intermediate: 32, maxPositions: 64 } }
        stages:
          - name: hsk
            epochs: 2
            batchSize: 16
            optimizer: { learningRate: 1e-3, warmup: 0, schedule: constant }
            objectives:
              hiddenStates: { layers: uniform, config: 2l_6t_0.25h }
            evaluate: { every: never, keep: last }
          - name: prediction
            epochs: 2
            batchSize: 16
            optimizer: { learningRate: 1e-3, warmup: 0 }
            objectives:
              softLabels: { weight: 1, temperature: 1, reduction: meanAll, temperatureSquared: false, form: crossEntropy }
        output: {{Path.Combine(tiny.Folder, output)}}
        threads: 1
        """);

    private sealed class Losses(int stopAt = 0, CancellationTokenSource? stop = null) : TinyRun.Silent, IExperimentObserver
    {
        private int updates;

        public SortedDictionary<string, List<double>> ByTerm { get; } = new(StringComparer.Ordinal);

        void ITrainingObserver.Updated(UpdateReport update)
        {
            foreach ((string term, double loss) in update.Terms)
            {
                if (!ByTerm.TryGetValue(term, out List<double>? losses)) ByTerm[term] = losses = [];
                losses.Add(loss);
            }
            if (++updates == stopAt) stop!.Cancel();
        }
    }
}
