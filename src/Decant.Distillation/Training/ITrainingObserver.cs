using Decant.Distillation.Evaluation;

namespace Decant.Distillation.Training;

/// <summary>Is told what happens while a stage runs: progress bars, logs. All methods may be left as they are.</summary>
public interface ITrainingObserver
{
    /// <summary>A stage begins, or goes on after a stop.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="totalUpdates">Updates it has in all.</param>
    /// <param name="resumedAt">Updates made before; 0 at a fresh start.</param>
    void StageStarted(string stage, long totalUpdates, long resumedAt) { }

    /// <summary>An update was made.</summary>
    /// <param name="update">Its figures.</param>
    void Updated(UpdateReport update) { }

    /// <summary>The dev split was evaluated.</summary>
    /// <param name="update">Updates made so far.</param>
    /// <param name="epoch">Epochs made so far.</param>
    /// <param name="result">The metrics.</param>
    /// <param name="isBest">Whether it is the best of the stage so far.</param>
    void Evaluated(long update, double epoch, EvaluationResult result, bool isBest) { }

    /// <summary>The stage has ended.</summary>
    /// <param name="progress">Where it ended.</param>
    void StageEnded(StageProgress progress) { }
}

/// <summary>The figures of one update.</summary>
/// <param name="Update">Its number, from 1.</param>
/// <param name="TotalUpdates">Updates of the stage.</param>
/// <param name="Epoch">Epochs made, fractions included.</param>
/// <param name="LearningRate">Schedule included.</param>
/// <param name="Loss">The weighted sum.</param>
/// <param name="Terms">Every objective's loss, before its weight, in the recipe's order.</param>
/// <param name="Examples">Examples of the batch.</param>
/// <param name="Tokens">Real tokens of the batch.</param>
public sealed record UpdateReport(
    long Update, long TotalUpdates, double Epoch, double LearningRate, double Loss,
    IReadOnlyList<KeyValuePair<string, double>> Terms, int Examples, long Tokens);
