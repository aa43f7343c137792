using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Reports;

namespace Decant.Cli.Progress;

/// <summary>Tells a person how a knowledge store gets on.</summary>
internal sealed class StoreProgress(IProgressView view) : IStoreBuildObserver
{
    private readonly CountedWork _work = new(view, "teaching");

    public void Started(long records, long resumedAt) => _work.Start(records, resumedAt);

    public void Advanced(long records, long bytes) =>
        _work.Advance(records, rate => $"{Units.Bytes(bytes)}  {Units.Count(rate)} sequences/s");
}
