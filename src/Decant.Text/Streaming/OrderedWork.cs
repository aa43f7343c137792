using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Decant.Text.Streaming;

/// <summary>Does work on several threads and hands the results on in the order of the inputs, with a bounded number of them in memory.</summary>
internal static class OrderedWork
{
    /// <summary>Runs the work. Reading, working and handing on overlap.</summary>
    /// <param name="inputs">The inputs, read by one thread.</param>
    /// <param name="work">Makes a result of an input; called by several threads.</param>
    /// <param name="take">Takes the results in order, on the calling thread.</param>
    /// <param name="threads">Threads that work, at least 1.</param>
    /// <param name="stop">Cancels between two results.</param>
    /// <remarks>The first error in the order of the inputs is thrown, after the results before it were handed on.</remarks>
    public static void Run<TInput, TResult>(
        IEnumerable<TInput> inputs, Func<TInput, TResult> work, Action<TResult> take, int threads, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        // Not disposed here: a reader that is still waiting for its stream looks at them once more when it wakes.
        var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var free = new SemaphoreSlim(threads);
        Channel<Task<TResult>> queue = Channel.CreateBounded<Task<TResult>>(2 * threads);
        _ = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (queue.Reader.WaitToReadAsync(ended.Token).AsTask().GetAwaiter().GetResult())
                while (queue.Reader.TryRead(out Task<TResult>? task))
                {
                    task.Wait(ended.Token);
                    take(task.Result);
                }
        }
        catch (AggregateException e) when (e.InnerExceptions.Count == 1)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        finally
        {
            ended.Cancel();
        }

        void Read()
        {
            try
            {
                foreach (TInput input in inputs)
                {
                    free.Wait(ended.Token);
                    Task<TResult> task = Task.Run(() =>
                    {
                        try { return work(input); }
                        finally { free.Release(); }
                    });
                    queue.Writer.WriteAsync(task, ended.Token).AsTask().GetAwaiter().GetResult();
                }
                queue.Writer.Complete();
            }
            catch (Exception e)
            {
                queue.Writer.TryComplete(e is OperationCanceledException ? null : e);
            }
        }
    }
}
