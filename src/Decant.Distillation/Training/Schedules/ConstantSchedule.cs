namespace Decant.Distillation.Training.Schedules;

/// <summary>The peak rate throughout: BertAdam's schedule <c>none</c>.</summary>
public sealed record ConstantSchedule : ISchedule
{
    /// <inheritdoc/>
    public double Factor(long step, long totalSteps) => 1.0;
}
