using Decant.Torch;

namespace Decant.Distillation.Training;

/// <summary>What a training loop does so that the process holds no more than the loop needs. None of it changes a result.</summary>
public static class TrainingMemory
{
    // Left alone, the collector waits until short-lived objects fill most of the processor's largest cache, which the tensors
    // want as well: 84 MB on a server.
    private const int CollectEvery = 32;

    /// <summary>Before the first update: what loading, reading and encoding left behind is given back to the system.</summary>
    public static void Shrink()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        TorchRuntime.ReleaseStartUpCode();
    }

    /// <summary>After an update: now and then the short-lived objects are collected.</summary>
    /// <param name="update">Updates made so far.</param>
    public static void Tidy(long update)
    {
        if (update % CollectEvery == 0) GC.Collect(0);
    }
}
