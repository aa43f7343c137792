using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Training;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>The log of a run that was stopped is that of one that was not, but for the times.</summary>
public class LogResumeTests
{
    // 96 examples in batches of 16: the first stage has 6 updates, the second 12.
    [Fact]
    public void A_run_of_two_stages_that_was_stopped_logs_every_figure_once()
    {
        using var tiny = new TinyRun();
        TinyRun.Run(Recipe(tiny, "whole"));
        string[] expected = Entries(tiny, "whole");
        Assert.True(expected.Length >= 18 + 3, $"only {expected.Length} entries");

        foreach (int[] stops in new[] { new[] { 2 }, [6], [9], [17], [3, 5, 8, 13, 18] })
        {
            Recipe recipe = Recipe(tiny, "stopped");
            foreach (int update in stops)
            {
                using var stop = new CancellationTokenSource();
                Assert.Throws<TrainingStoppedException>(() => TinyRun.Run(recipe, resume: true, stop.Token, new StopAt(update, stop)));
            }
            TinyRun.Run(recipe, resume: true);
            Assert.Equal(expected, Entries(tiny, "stopped"));
            Assert.Equal(tiny.Weights("whole"), tiny.Weights("stopped"));
            Directory.Delete(Path.Combine(tiny.Folder, "stopped"), recursive: true);
        }
    }

    private static Recipe Recipe(TinyRun tiny, string output)
    {
        Recipe recipe = tiny.Teacher(output);
        StageOptions stage = recipe.Stages[0];
        return recipe with { Stages = [stage with { Name = "first", Epochs = 1 }, stage with { Name = "second", Epochs = 2, Checkpoint = Cadence.Every(4) }] };
    }

    private static string[] Entries(TinyRun tiny, string output) =>
        [.. MetricsLog.Read(new RunPaths(Path.Combine(tiny.Folder, output)).Seed(1).Metrics).Select(e =>
            $"{e.Step} {e.Epoch:R} {e.Kind} {e.Stage} {string.Join(' ', e.Values.Where(v => v.Key != "tokensPerSecond").Select(v => $"{v.Key}={v.Value:R}"))}")];

    private sealed class StopAt(int update, CancellationTokenSource stop) : TinyRun.Silent, IExperimentObserver
    {
        private long before;

        void ITrainingObserver.StageStarted(string stage, long totalUpdates, long resumedAt) => before = stage == "second" ? 6 : 0;

        void ITrainingObserver.Updated(UpdateReport report)
        {
            if (before + report.Update == update) stop.Cancel();
        }
    }
}
