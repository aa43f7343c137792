namespace Decant.Inference.Threads;

/// <summary>Where workers wait for each other between two phases of their work. May be used again and again.</summary>
internal sealed class MeetingPoint
{
    private int _arrived, _meeting;
    private volatile bool _broken;

    /// <summary>Returns when all workers are here.</summary>
    /// <param name="workers">How many meet.</param>
    public void Wait(int workers)
    {
        if (workers == 1) return;
        int meeting = Volatile.Read(ref _meeting);
        if (Interlocked.Increment(ref _arrived) == workers)
        {
            _arrived = 0;
            Volatile.Write(ref _meeting, meeting + 1);
            return;
        }
        var patience = new Patience();
        while (Volatile.Read(ref _meeting) == meeting)
        {
            if (_broken) throw new InvalidOperationException("Another worker failed.");
            patience.Wait();
        }
    }

    /// <summary>A worker failed and will not come: the others need not wait for it.</summary>
    public void Break() => _broken = true;
}
