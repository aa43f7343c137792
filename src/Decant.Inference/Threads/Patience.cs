using System.Diagnostics;

namespace Decant.Inference.Threads;

/// <summary>
/// How a thread waits for another that should be done in microseconds: awake at first, then asleep for a millisecond at a time. One
/// that never slept could keep the other off the processor for good where its priority is higher.
/// </summary>
internal struct Patience
{
    private const double AwakeMilliseconds = 2;

    private SpinWait _spinner;
    private long _since;

    /// <summary>Waits a moment.</summary>
    public void Wait()
    {
        if (_since == 0) _since = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_since).TotalMilliseconds < AwakeMilliseconds) _spinner.SpinOnce(sleep1Threshold: -1);
        else Thread.Sleep(1);
    }
}
