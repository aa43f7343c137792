namespace Decant.Distillation.Training.Schedules;

/// <summary>
/// Up from 0 over the warm-up, then half a cosine wave down to 0: ½(1 + cos(π(p−w)/(1−w))), as Hugging Face's cosine schedule
/// with half a cycle. (The old BERT code's <c>warmup_cosine</c> jumps at the end of its warm-up; this does not.)
/// </summary>
/// <param name="Warmup">Share of the updates that warm up, 0 up to but not 1.</param>
public sealed record WarmupCosineSchedule(double Warmup) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        if (totalSteps < 0) return 1.0;
        double progress = (double)step / totalSteps;
        if (progress < Warmup) return progress / Warmup;
        double fallen = Math.Min((progress - Warmup) / (1.0 - Warmup), 1.0);
        return 0.5 * (1.0 + Math.Cos(Math.PI * fallen));
    }
}
