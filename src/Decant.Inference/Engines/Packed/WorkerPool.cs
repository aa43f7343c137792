using System.Collections.Concurrent;

namespace Decant.Inference.Engines.Packed;

/// <summary>Workers that nobody uses now.</summary>
/// <param name="make">Makes another one.</param>
internal sealed class WorkerPool(Func<Worker> make) : IDisposable
{
    private readonly ConcurrentBag<Worker> _idle = [];

    public Worker Rent() => _idle.TryTake(out Worker? worker) ? worker : make();

    public void Return(Worker worker) => _idle.Add(worker);

    public void Dispose()
    {
        while (_idle.TryTake(out Worker? worker)) worker.Dispose();
    }
}
