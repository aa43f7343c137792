using System.Runtime.ExceptionServices;
using Decant.Torch;

namespace Decant.Inference.Threads;

/// <summary>
/// Threads that compute; those of the process are, with the caller's own, as many as libtorch uses (<c>OMP_NUM_THREADS</c>, or one a core). A call takes those that are idle: alone it runs on all
/// cores, and many calls at once run beside each other on one core each, which costs least.
/// </summary>
internal sealed class ComputeThreads
{
    private readonly Helper[] _helpers;

    /// <param name="count">Threads, the caller's own included.</param>
    public ComputeThreads(int count) => _helpers = [.. Enumerable.Range(1, count - 1).Select(i => new Helper(i))];

    /// <summary>Those of the process.</summary>
    public static ComputeThreads Shared { get; } = new(TorchRuntime.Threads);

    /// <summary>The most workers that a call can get.</summary>
    public int Most => _helpers.Length + 1;

    /// <summary>Runs work on this thread and on idle helpers, and returns when all are done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="most">The most workers, this thread included.</param>
    public void Run(IParallelWork work, int most)
    {
        Helper?[] claimed = Claim(most - 1, out int count);
        for (int i = 0; i < count; i++) claimed[i]!.Start(work, i + 1, count + 1);
        Exception? failure = null;
        try
        {
            work.Run(0, count + 1);
        }
        catch (Exception e)
        {
            failure = e;
        }
        for (int i = 0; i < count; i++) failure = claimed[i]!.Finish() ?? failure;
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private Helper?[] Claim(int wanted, out int count)
    {
        count = 0;
        if (wanted <= 0) return [];
        var claimed = new Helper?[Math.Min(wanted, _helpers.Length)];
        foreach (Helper helper in _helpers)
        {
            if (count == claimed.Length) break;
            if (helper.TryClaim()) claimed[count++] = helper;
        }
        return claimed;
    }
}
