using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Reports;

/// <summary>Gives each system of a report its colour and shape, the same in every chart and table.</summary>
internal static class SystemSlots
{
    /// <summary>Slots by system in the order of the comparison and then of the runs; teachers are neutral.</summary>
    public static IReadOnlyDictionary<string, int> Of(ReportModel model)
    {
        var systems = (model.Comparison?.Rows ?? []).Select(row => (row.System, row.IsTeacher)).Concat(model.Runs.Select(run => (run.System, run.IsTeacher)));
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        int next = 0;
        foreach (var (system, isTeacher) in systems)
            if (!slots.ContainsKey(system)) slots[system] = isTeacher ? Palette.Neutral : next++;
        return slots;
    }
}
