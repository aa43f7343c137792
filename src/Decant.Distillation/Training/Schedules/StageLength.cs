using Decant.Distillation.Recipes;

namespace Decant.Distillation.Training.Schedules;

/// <summary>How many updates a stage has.</summary>
/// <param name="UpdatesPerEpoch">Updates in one pass over the training examples.</param>
/// <param name="TotalUpdates">Updates that are made in all.</param>
/// <param name="ScheduleUpdates">Updates over which the learning rate's schedule is spread; see <see cref="ScheduleLength"/>.</param>
public sealed record StageLength(long UpdatesPerEpoch, long TotalUpdates, long ScheduleUpdates)
{
    /// <summary>The length of a stage over so many examples.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="examples">Training examples, 1 or more.</param>
    /// <exception cref="DecantException">There is no whole batch, and smaller ones are dropped.</exception>
    public static StageLength Of(StageOptions stage, long examples)
    {
        long whole = examples / stage.BatchSize;
        long perEpoch = stage.DropLast ? whole : (examples + stage.BatchSize - 1) / stage.BatchSize;
        if (perEpoch == 0)
            throw new DecantException($"Stage '{stage.Name}' has no batch: {examples} training examples do not fill a batch of {stage.BatchSize}, and dropLast leaves out smaller ones. Take a smaller batchSize or dropLast: false.");
        long total = stage.Steps ?? Math.Max(1, (long)Math.Ceiling(stage.Epochs!.Value * perEpoch - 1e-9));
        long schedule = stage.ScheduleLength == ScheduleLength.Floor && stage.Epochs is { } epochs
            ? Math.Max(1, (long)(epochs * whole))
            : total;
        return new(perEpoch, total, schedule);
    }
}
