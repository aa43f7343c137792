using System.Diagnostics;
using Decant.Inference;
using Decant.Serving.Models;

namespace Decant.Serving.Batching;

/// <summary>A call of a client: its inputs, and its answers as they come. It is done when the last one is there, or when one failed.</summary>
internal sealed class PendingCall(IReadOnlyList<TextInput> inputs, double speed)
{
    // Continuations elsewhere: the thread that computes goes on computing.
    private readonly TaskCompletionSource<BatchedAnswers> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Prediction[] _answers = new Prediction[inputs.Count];
    private int _missing = inputs.Count, _largestBatch;
    private long _started;

    public IReadOnlyList<TextInput> Inputs { get; } = inputs;

    public double Speed { get; } = speed;

    public long Arrived { get; } = Stopwatch.GetTimestamp();

    public Task<BatchedAnswers> Answers => _done.Task;

    /// <summary>Nobody waits any more: answered, failed or abandoned.</summary>
    public bool IsOver => _done.Task.IsCompleted;

    public void Start(int batch, long now)
    {
        if (_started == 0) _started = now;
        _largestBatch = Math.Max(_largestBatch, batch);
    }

    public void Set(int index, Prediction answer)
    {
        _answers[index] = answer;
        if (--_missing > 0) return;
        long now = Stopwatch.GetTimestamp();
        _done.TrySetResult(new BatchedAnswers(_answers, _largestBatch, Stopwatch.GetElapsedTime(Arrived, _started), Stopwatch.GetElapsedTime(_started, now)));
    }

    public void Fail(Exception error) => _done.TrySetException(error);

    public void Abandon(CancellationToken cancel) => _done.TrySetCanceled(cancel);
}
