namespace Decant.Distillation.Training.Schedules;

/// <summary>How the learning rate goes with the updates.</summary>
public interface ISchedule
{
    /// <summary>What the peak learning rate is multiplied by.</summary>
    /// <param name="step">Updates done before this one, from 0: the first update has step 0, as BertAdam counts.</param>
    /// <param name="totalSteps">Updates over which the schedule is spread, 1 or more; -1 for no end, which BertAdam takes as constant.</param>
    /// <returns>0 to 1; 0 beyond the end of a schedule that falls to 0.</returns>
    double Factor(long step, long totalSteps);
}
