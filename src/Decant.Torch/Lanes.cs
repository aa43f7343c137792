using System.Runtime.ExceptionServices;
using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>
/// Pieces of work side by side, each on one thread in which all its operators stay. Small models gain little from threads
/// inside an operator; a share of the batch for each thread keeps them all busy.
/// </summary>
public static class Lanes
{
    // One row alone makes products with a vector, which are slow.
    private const int FewestRows = 2;

    private static readonly bool available = Native.LanesAvailable() != 0;
    private static readonly List<LaneThread> threads = [];

    /// <summary>
    /// How many lanes a batch is cut into: one for each of <see cref="TorchRuntime.Threads"/>, but none with fewer than two rows.
    /// </summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <returns>
    /// From 1; 1 in a lane, where lanes would leave more than half of the threads idle, and where the library that multiplies matrices
    /// cannot be kept on one thread.
    /// </returns>
    public static int For(long rows)
    {
        int threads = TorchRuntime.Threads, lanes = (int)Math.Clamp(rows / FewestRows, 1, threads);
        return available && 2 * lanes >= threads ? lanes : 1;
    }

    /// <summary>The rows of one lane: all lanes have the same number, give or take one.</summary>
    /// <param name="lane">Which lane, from 0.</param>
    /// <param name="lanes">How many there are.</param>
    /// <param name="rows">Rows of the batch.</param>
    public static (long First, long Count) Share(int lane, int lanes, long rows) => (rows * lane / lanes, rows * (lane + 1) / lanes - rows * lane / lanes);

    /// <summary>Runs a body once for each lane, and waits for all. Grad mode is the caller's; scopes are each lane's own.</summary>
    /// <param name="lanes">How many, from 1.</param>
    /// <param name="body">Gets the lane's number, from 0.</param>
    /// <exception cref="Exception">What the first lane that failed threw, as it was thrown.</exception>
    public static void Run(int lanes, Action<int> body)
    {
        if (lanes == 1)
        {
            body(0);
            return;
        }
        bool recording = GradMode.IsEnabled;
        var failures = new ExceptionDispatchInfo?[lanes];
        // One batch at a time: its lanes have all cores.
        lock (threads)
        {
            while (threads.Count < lanes) threads.Add(new LaneThread($"lane {threads.Count}"));
            int productThreads = Native.ProductThreads(1);
            using var running = new CountdownEvent(lanes);
            for (int i = 0; i < lanes; i++)
            {
                int lane = i;
                threads[lane].Begin(() =>
                {
                    try
                    {
                        using GradMode.Restore? _ = recording ? null : GradMode.Off();
                        body(lane);
                    }
                    catch (Exception e)
                    {
                        failures[lane] = ExceptionDispatchInfo.Capture(e);
                    }
                    running.Signal();
                });
            }
            running.Wait();
            Native.ProductThreads(productThreads);
        }
        foreach (ExceptionDispatchInfo? failure in failures) failure?.Throw();
    }

    // Lives as long as the process: a thread's memory in libtorch and its libraries is warm.
    private sealed class LaneThread
    {
        private readonly AutoResetEvent begun = new(false);
        private Action? work;

        public LaneThread(string name) => new Thread(Loop) { Name = name, IsBackground = true }.Start();

        public void Begin(Action next)
        {
            work = next;
            begun.Set();
        }

        private void Loop()
        {
            Native.StayOnThread();
            while (true)
            {
                begun.WaitOne();
                work!();
            }
        }
    }
}
