using Decant.Distillation.Training;

namespace Decant.Tests.Training;

/// <summary>/dev/full stands in for the disk, whoever writes there is told by the system that no space is left; then a real file system that is full.</summary>
public class TrainerFullDiskTests
{
    [SkippableTheory]
    [InlineData("1-distil.checkpoint", 10, 5)] // the second checkpoint
    [InlineData("1-distil.checkpoint", 18, 15)] // what a finished stage hands on
    public void A_full_disk_loses_no_checkpoint(string file, int update, int goesOnAt)
    {
        using var undisturbed = new TinyRun();
        Check(file, update, goesOnAt, undisturbed.Run().Weights);
    }

    [SkippableFact]
    public void A_full_disk_loses_no_best_weights()
    {
        using var undisturbed = new TinyRun();
        var evaluations = new TinyRun.Evaluations();
        var weights = undisturbed.Run(evaluations).Weights;
        long better = evaluations.All.Where(e => e.IsBest).Select(e => e.Update).First(u => u > 5);
        Check($"1-distil.best-{better}", better, (better - 1) / 5 * 5, weights);
    }

    [SkippableTheory]
    [InlineData(1)]  // before the first checkpoint
    [InlineData(12)] // before the third
    public void On_a_real_disk_that_fills_up_training_goes_on_from_the_last_checkpoint(long fullAt)
    {
        using var undisturbed = new TinyRun();
        Dictionary<string, float[]> expected = undisturbed.Run().Weights;
        using var run = new TinyRun();
        using SmallDisk disk = SmallDisk.Mount(run.Folder, 1024);
        string error = Assert.Throws<DecantException>(() => run.Run(new TinyRun.OnUpdate(u => { if (u.Update == fullAt) disk.Fill(); }))).Message;
        Assert.StartsWith($"Cannot write {run.Folder}", error);
        Assert.Contains("No space left on device", error);
        Assert.DoesNotContain(run.Files, file => file.EndsWith(".tmp", StringComparison.Ordinal));

        disk.Free();
        long resumedAt = -1;
        (StageProgress progress, var weights) = run.Run(new Start(at => resumedAt = at));
        Assert.Equal(fullAt / 5 * 5, resumedAt);
        Assert.True(progress.Completed);
        TinyRun.AssertSameBits(expected, weights);
    }

    private static void Check(string file, long update, long goesOnAt, Dictionary<string, float[]> expected)
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");
        using var run = new TinyRun();
        string path = Path.Combine(run.Folder, file), aside = $"{path}.{Environment.ProcessId}.tmp";
        var error = Assert.Throws<DecantException>(() => run.Run(new TinyRun.OnUpdate(u =>
        {
            if (u.Update == update) File.CreateSymbolicLink(aside, "/dev/full");
        })));
        Assert.StartsWith($"Cannot write {path}: No space left on device", error.Message);
        Assert.EndsWith("Nothing that was there before is lost; free some space or check the permissions, then try again.", error.Message);
        Assert.False(File.Exists(aside));

        long resumedAt = -1;
        (StageProgress progress, var weights) = run.Run(new Start(at => resumedAt = at));
        Assert.Equal(goesOnAt, resumedAt);
        Assert.True(progress.Completed);
        TinyRun.AssertSameBits(expected, weights);
    }

    private sealed class Start(Action<long> action) : ITrainingObserver
    {
        public void StageStarted(string stage, long totalUpdates, long resumedAt) => action(resumedAt);
    }
}
