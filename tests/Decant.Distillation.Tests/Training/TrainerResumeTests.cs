using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Torch.Serialization;

namespace Decant.Tests.Training;

/// <summary>A stage that was stopped or killed at any moment ends in the bits of one that was not.</summary>
public class TrainerResumeTests
{
    [Theory]
    [InlineData(1)] // before the first checkpoint of its own
    [InlineData(4)] // after an evaluation
    [InlineData(5)] // when a checkpoint is due anyway
    [InlineData(6)] // at the end of an epoch
    [InlineData(11)]
    [InlineData(18)] // after the last update
    public void A_stage_that_was_stopped_goes_on_to_the_same_bits(int update)
    {
        using var undisturbed = new TinyRun();
        using var stopped = new TinyRun();
        (StageProgress expected, var weights) = undisturbed.Run();

        TrainingStoppedException told = stopped.StopAfter(update);
        Assert.Equal($"Stopped in stage 'distil' after update {update} of 18; the state is saved. Run the same command with --resume to go on.", told.Message);
        (StageProgress resumed, var resumedWeights) = stopped.Run();
        Assert.Equal(expected, resumed);
        TinyRun.AssertSameBits(weights, resumedWeights);
        Assert.Equal(File.ReadAllBytes(undisturbed.CheckpointPath), File.ReadAllBytes(stopped.CheckpointPath));
        Assert.Equal(["1-distil.checkpoint"], stopped.Files);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stage_that_is_stopped_after_every_update_ends_in_the_same_bits(bool evaluateAtEpochs)
    {
        StageOptions stage = evaluateAtEpochs
            ? TinyRun.Standard with { Evaluate = new(), Checkpoint = Cadence.Epoch, DropoutAfterFirstEval = false, Shuffle = false, Padding = PaddingMode.MaxLength }
            : TinyRun.Standard;
        using var undisturbed = new TinyRun { Stage = stage };
        using var stopped = new TinyRun { Stage = stage };
        (StageProgress expected, var weights) = undisturbed.Run();
        for (int update = 1; update <= 18; update++) stopped.StopAfter(update);
        (StageProgress resumed, var resumedWeights) = stopped.Run();
        Assert.Equal(expected, resumed);
        TinyRun.AssertSameBits(weights, resumedWeights);
    }

    [Fact]
    public void A_stage_that_was_killed_at_any_moment_goes_on_to_the_same_bits()
    {
        using var undisturbed = new TinyRun();
        var snapshots = new FolderSnapshots(undisturbed.Folder);
        (StageProgress expected, var weights) = undisturbed.Run(snapshots);
        Assert.True(snapshots.States.Count >= 6, $"only {snapshots.States.Count} states");
        Assert.Contains(snapshots.States, s => s.Keys.Count(k => k.Contains(".best-")) > 1);
        foreach (var state in snapshots.States)
        {
            using var killed = new TinyRun();
            FolderSnapshots.Restore(state, killed.Folder);
            // What was being written at that moment is there in part.
            File.WriteAllBytes(Path.Combine(killed.Folder, "1-distil.checkpoint.77.tmp"), [1, 2, 3]);
            File.WriteAllBytes(Path.Combine(killed.Folder, "1-distil.best-99.77.tmp"), [1, 2, 3]);
            (StageProgress resumed, var resumedWeights) = killed.Run();
            Assert.Equal(expected, resumed);
            TinyRun.AssertSameBits(weights, resumedWeights);
            Assert.Equal(["1-distil.checkpoint"], killed.Files);
        }
    }

    [Fact]
    public void The_best_weights_are_handed_on_and_are_the_same_after_a_stop()
    {
        // The rate is so high that later evaluations are worse.
        StageOptions stage = TinyRun.Standard with { Epochs = 6, Optimizer = new() { LearningRate = 0.5, Warmup = 0.5 }, Evaluate = new() { Every = Cadence.Every(2) } };
        using var undisturbed = new TinyRun { Stage = stage };
        using var stopped = new TinyRun { Stage = stage };
        using var last = new TinyRun { Stage = stage with { Evaluate = stage.Evaluate with { Keep = KeepMode.Last } } };
        (StageProgress expected, var weights) = undisturbed.Run();
        Assert.InRange(expected.BestUpdate, 2, 34);
        stopped.StopAfter(expected.BestUpdate + 1);
        Assert.Contains($"1-distil.best-{expected.BestUpdate}", stopped.Files);
        (StageProgress resumed, var resumedWeights) = stopped.Run();
        Assert.Equal(expected, resumed);
        TinyRun.AssertSameBits(weights, resumedWeights);
        Assert.False(weights["classifier.weight"].SequenceEqual(last.Run().Weights["classifier.weight"]));

        // They are what the student was when it was evaluated.
        using var until = new TinyRun { Stage = stage };
        until.StopAfter(expected.BestUpdate);
        using var file = SafetensorsFile.Open(until.CheckpointPath);
        foreach ((string name, float[] values) in weights) Assert.Equal(values, file.Get($"weights.{name}").ToSingles());
    }

    [Fact]
    public void A_stage_that_has_ended_hands_on_its_weights_without_a_word()
    {
        using var run = new TinyRun();
        (StageProgress first, var weights) = run.Run();
        Assert.True(first.Completed);
        var log = new Words();
        (StageProgress again, var sameWeights) = run.Run(log);
        Assert.Equal(first, again);
        TinyRun.AssertSameBits(weights, sameWeights);
        Assert.Equal(0, log.Count);
    }

    private sealed class Words : ITrainingObserver
    {
        public int Count { get; private set; }
        public void StageStarted(string stage, long totalUpdates, long resumedAt) => Count++;
        public void Updated(UpdateReport update) => Count++;
        public void StageEnded(StageProgress progress) => Count++;
    }
}
