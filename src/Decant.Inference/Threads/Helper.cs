namespace Decant.Inference.Threads;

/// <summary>
/// A thread that helps with one piece of work after another. Between them it looks out for the next for some microseconds, about as
/// long as waking it takes, and then sleeps.
/// </summary>
internal sealed class Helper
{
    private const int Looks = 200, PauseBetweenLooks = 20;

    private readonly AutoResetEvent _wake = new(false);
    private IParallelWork? _work;
    private int _worker, _workers, _claimed, _asleep;
    private Exception? _failure;

    public Helper(int number) => new Thread(Loop) { IsBackground = true, Name = $"decant compute {number}" }.Start();

    /// <summary>Takes the helper if nobody else has it.</summary>
    public bool TryClaim() => Volatile.Read(ref _claimed) == 0 && Interlocked.CompareExchange(ref _claimed, 1, 0) == 0;

    /// <summary>Starts it; it must be claimed.</summary>
    public void Start(IParallelWork work, int worker, int workers)
    {
        (_worker, _workers, _failure) = (worker, workers, null);
        Volatile.Write(ref _work, work);
        if (Interlocked.Exchange(ref _asleep, 0) == 1) _wake.Set();
    }

    /// <summary>Waits until its part is done, and lets it go.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public Exception? Finish()
    {
        var patience = new Patience();
        while (Volatile.Read(ref _work) is not null) patience.Wait();
        Exception? failure = _failure;
        Volatile.Write(ref _claimed, 0);
        return failure;
    }

    private void Loop()
    {
        while (true)
        {
            IParallelWork work = Next();
            try
            {
                work.Run(_worker, _workers);
            }
            catch (Exception e)
            {
                _failure = e;
            }
            Volatile.Write(ref _work, null);
        }
    }

    private IParallelWork Next()
    {
        while (true)
        {
            for (int look = 0; look < Looks; look++)
            {
                if (Volatile.Read(ref _work) is { } work) return work;
                Thread.SpinWait(PauseBetweenLooks);
            }
            // Whoever starts work from here on sees that this thread sleeps; work that came just before is seen by this last look.
            Interlocked.Exchange(ref _asleep, 1);
            if (Volatile.Read(ref _work) is null) _wake.WaitOne();
            Interlocked.Exchange(ref _asleep, 0);
        }
    }
}
