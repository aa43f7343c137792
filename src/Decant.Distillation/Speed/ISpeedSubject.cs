using Decant.Text.Data;

namespace Decant.Distillation.Speed;

/// <summary>A classifier with adaptive exit whose speed is measured; whoever runs it decides how.</summary>
public interface ISpeedSubject
{
    /// <summary>Answers a batch, from text to scores.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="speed">The uncertainty at which a text may leave, in [0, 1]; 0 runs all layers.</param>
    /// <returns>For each example a score for each class, and the layers that were run, from 1.</returns>
    IReadOnlyList<(IReadOnlyList<float> Scores, int ExitLayer)> Answer(IReadOnlyList<Example> batch, double speed);
}
