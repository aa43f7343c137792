namespace Decant.Distillation.Training.Schedules;

/// <summary>
/// Up from 0 over the warm-up, then down to 0 on a straight line: BertAdam's <c>warmup_linear</c>, and the linear schedule of Hugging Face.
/// With p = step / totalSteps and warm-up w the factor is p/w for p &lt; w, else max((p−1)/(w−1), 0).
/// </summary>
/// <param name="Warmup">Share of the updates that warm up, 0 up to but not 1. 0 starts at the peak.</param>
public sealed record WarmupLinearSchedule(double Warmup) : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        if (totalSteps < 0) return 1.0;
        double progress = (double)step / totalSteps;
        return progress < Warmup ? progress / Warmup : Math.Max((progress - 1.0) / (Warmup - 1.0), 0.0);
    }
}
