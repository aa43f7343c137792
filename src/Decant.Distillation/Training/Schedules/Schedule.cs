using Decant.Distillation.Recipes;

namespace Decant.Distillation.Training.Schedules;

/// <summary>Makes the schedule that a recipe names.</summary>
public static class Schedule
{
    /// <summary>The schedule of an optimiser.</summary>
    /// <param name="options">The optimiser's options.</param>
    public static ISchedule From(OptimizerOptions options) => options.Schedule switch
    {
        ScheduleName.Linear => new WarmupLinearSchedule(options.Warmup),
        ScheduleName.Constant => new ConstantSchedule(),
        ScheduleName.WarmupConstant => new WarmupConstantSchedule(options.Warmup),
        ScheduleName.Cosine => new WarmupCosineSchedule(options.Warmup),
        _ => throw new DecantException($"There is no schedule {options.Schedule}."),
    };
}
