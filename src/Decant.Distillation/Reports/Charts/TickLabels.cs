using System.Globalization;

namespace Decant.Distillation.Reports.Charts;

/// <summary>Writes the numbers of an axis with just the digits that tell them apart.</summary>
internal static class TickLabels
{
    /// <summary>One label a tick, all with the same number of decimals and the same unit.</summary>
    public static string[] Of(IReadOnlyList<double> ticks, AxisUnit unit)
    {
        double largest = ticks.Count == 0 ? 0 : ticks.Max(Math.Abs);
        var (divisor, suffix) = unit switch
        {
            AxisUnit.Count => largest switch { >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "K"), _ => (1, "") },
            AxisUnit.Seconds => largest switch { >= 1 => (1, " s"), >= 1e-3 => (1e-3, " ms"), _ => (1e-6, " µs") },
            _ => (1.0, ""),
        };
        if (unit == AxisUnit.Number && largest is >= 1e6 or (> 0 and < 1e-3))
            return [.. ticks.Select(tick => tick == 0 ? "0" : tick.ToString("0.##e0", CultureInfo.InvariantCulture))];
        double[] scaled = [.. ticks.Select(tick => tick / divisor)];
        int decimals = Enumerable.Range(0, 7).FirstOrDefault(d => scaled.All(value => Math.Abs(Math.Round(value, d) - value) <= 1e-9 * Math.Max(1, Math.Abs(value))), 6);
        string format = unit == AxisUnit.Number ? "F" + decimals : "0." + new string('#', decimals);
        return [.. scaled.Select((value, i) => ticks[i] == 0 ? "0" : value.ToString(format, CultureInfo.InvariantCulture) + suffix)];
    }
}
