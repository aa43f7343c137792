using Decant.Distillation.Training;

namespace Decant.Distillation.Experiments;

/// <summary>Is told what an experiment does. All methods may be left as they are.</summary>
public interface IExperimentObserver : ITrainingObserver
{
    /// <summary>A model is about to be trained.</summary>
    /// <param name="what">Teacher or student, with its seed.</param>
    void TrainingStarted(string what) { }

    /// <summary>A model was trained, or was there already from an earlier run.</summary>
    /// <param name="what">Teacher or student, with its seed.</param>
    /// <param name="result">Its figures.</param>
    /// <param name="reused">Whether it was there already.</param>
    void TrainingEnded(string what, SeedResult result, bool reused) { }

    /// <summary>The teacher's score on the dev split is known.</summary>
    /// <param name="metrics">The task's metrics.</param>
    void TeacherEvaluated(IReadOnlyDictionary<string, double> metrics) { }

    /// <summary>Something looks wrong, but not wrong enough to stop.</summary>
    /// <param name="message">What, and what to do.</param>
    void Warned(string message) { }
}
