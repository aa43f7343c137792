using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Evaluation.Statistics;

/// <summary>What paired tests ask of their input.</summary>
internal static class PairedPredictions
{
    public static void Check(Predictions a, Predictions b)
    {
        if (a.Kind != b.Kind || a.Count != b.Count || a.OutputCount != b.OutputCount)
            throw new DecantException($"The two systems cannot be paired: one gave {a.Count} × {a.OutputCount} outputs ({a.Kind}), the other {b.Count} × {b.OutputCount} ({b.Kind}). Evaluate both on the same split.");
        if (!a.Labels.SequenceEqual(b.Labels) || !a.Targets.SequenceEqual(b.Targets))
            throw new DecantException("The two systems cannot be paired: their labels differ, so they were evaluated on other examples or in another order. Evaluate both on the same split.");
    }
}
