using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Reports.Curves;

/// <summary>Which logged value a chart shows.</summary>
/// <param name="Kind">Training or evaluation.</param>
/// <param name="Name">The value's name in the log.</param>
internal sealed record CurveName(MetricsKind Kind, string Name)
{
    /// <summary>Whether it is a loss term (or the total).</summary>
    public bool IsLoss => Name == "loss" || Name.StartsWith("loss/", StringComparison.Ordinal);

    /// <summary>The heading of its chart.</summary>
    public string Label => Name is "loss" or "loss/total" ? Kind == MetricsKind.Eval ? "Loss on evaluation data" : "Total loss" : Labels.Of(IsLoss ? Name["loss/".Length..] : Name);

    /// <summary>The values of a kind that any run logged, in the order they first appear; of training the total loss comes first, of evaluation losses come last.</summary>
    public static IReadOnlyList<CurveName> Of(IEnumerable<ReportRun> runs, MetricsKind kind) =>
    [
        .. runs.SelectMany(run => run.Entries).Where(entry => entry.Kind == kind)
            .SelectMany(entry => entry.Values).Select(value => value.Key).Distinct(StringComparer.Ordinal)
            .Select(name => new CurveName(kind, name))
            .OrderBy(name => kind == MetricsKind.Eval ? name.IsLoss ? 1 : 0 : name.Label == "Total loss" ? 0 : 1),
    ];
}
