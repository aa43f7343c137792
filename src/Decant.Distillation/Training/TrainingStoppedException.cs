namespace Decant.Distillation.Training;

/// <summary>Training was asked to stop; its state is on disk.</summary>
/// <param name="stage">The stage.</param>
/// <param name="update">Updates made.</param>
/// <param name="total">Updates of the stage.</param>
public sealed class TrainingStoppedException(string stage, long update, long total)
    : DecantException($"Stopped in stage '{stage}' after update {update} of {total}; the state is saved. Run the same command with --resume to go on.");
