using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Tests.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Statistics;

/// <summary>Pairs of systems that differ in a known way.</summary>
internal static class Systems
{
    /// <summary>Two systems on examples of class 1: some only A gets right, some only B, the rest both.</summary>
    public static (Predictions A, Predictions B) Disagreeing(int onlyA, int onlyB, int both)
    {
        int[] truth = [.. Enumerable.Repeat(1, onlyA + onlyB + both)];
        int[] a = [.. truth.Select((_, i) => i < onlyA ? 1 : i < onlyA + onlyB ? 0 : 1)], b = [.. truth.Select((_, i) => i < onlyA ? 0 : 1)];
        return (Given.Classes(2, truth, a), Given.Classes(2, truth, b));
    }
}
