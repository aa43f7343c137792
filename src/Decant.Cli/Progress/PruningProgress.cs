using Decant.Distillation.Pruning;

namespace Decant.Cli.Progress;

/// <summary>Tells a person how the measuring of importance gets on.</summary>
internal sealed class PruningProgress(IProgressView view) : IPruningObserver
{
    private long _total;

    public void StepStarted(int step, int steps, long batches)
    {
        _total = batches;
        view.Begin(steps == 1 ? "importance" : $"importance, step {step} of {steps}", batches, 0);
    }

    public void Advanced(long batches)
    {
        view.Step(batches, () => $"{batches} of {_total} batches");
        if (batches == _total) view.End();
    }
}
