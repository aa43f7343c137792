namespace Decant.Distillation.Pruning;

/// <summary>Is told how the measuring of importance gets on.</summary>
public interface IPruningObserver
{
    /// <summary>A pass over the data begins.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="steps">How many passes there will be.</param>
    /// <param name="batches">Batches of a pass.</param>
    void StepStarted(int step, int steps, long batches);

    /// <summary>A batch was measured.</summary>
    /// <param name="batches">Batches so far in this pass.</param>
    void Advanced(long batches);
}
