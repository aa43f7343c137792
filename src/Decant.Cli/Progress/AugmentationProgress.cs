using Decant.Distillation.Augmentation;
using Decant.Distillation.Reports;

namespace Decant.Cli.Progress;

/// <summary>Tells a person how augmentation gets on.</summary>
internal sealed class AugmentationProgress(IProgressView view) : IAugmentationObserver
{
    private readonly CountedWork _work = new(view, "augmenting");

    public void Started(long rows, long resumedAt) => _work.Start(rows, resumedAt);

    public void Advanced(long rows, long written) =>
        _work.Advance(rows, rate => $"{Units.Count(written)} rows written  {Units.Significant(rate)} rows/s");
}
