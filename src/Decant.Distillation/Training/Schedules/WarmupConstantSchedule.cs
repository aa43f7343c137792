namespace Decant.Distillation.Training.Schedules;

/// <summary>Up from 0 over the warm-up, then the peak rate: <c>warmup_constant</c> of the BERT code.</summary>
/// <param name="Warmup">Share of the updates that warm up, 0 up to but not 1.</param>
public sealed record WarmupConstantSchedule(double Warmup) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        if (totalSteps < 0) return 1.0;
        double progress = (double)step / totalSteps;
        return progress < Warmup ? progress / Warmup : 1.0;
    }
}
