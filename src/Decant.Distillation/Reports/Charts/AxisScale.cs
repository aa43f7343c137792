namespace Decant.Distillation.Reports.Charts;

/// <summary>Maps the values of an axis to pixels.</summary>
internal sealed class AxisScale
{
    private readonly bool _logarithmic;
    private readonly double _min, _max, _from, _to;

    private AxisScale(Axis axis, double min, double max, double from, double to, double[] ticks)
    {
        (_logarithmic, _min, _max, _from, _to) = (axis.IsLogarithmic, min, max, from, to);
        Ticks = ticks;
        Labels = TickLabels.Of(ticks, axis.Unit);
    }

    /// <summary>Where to draw grid lines, within the range.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>What to write at the ticks.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>A scale over some values.</summary>
    /// <param name="axis">Its meaning.</param>
    /// <param name="values">The values to show; those that are not finite are passed over.</param>
    /// <param name="from">Pixel of the smallest value.</param>
    /// <param name="to">Pixel of the largest.</param>
    /// <param name="target">About how many ticks to place.</param>
    /// <param name="margin">Room left at both ends as a share of the range; with 0 a linear scale ends at the values themselves.</param>
    /// <param name="toTicks">Whether the range is widened to whole ticks (linear scales).</param>
    public static AxisScale Over(Axis axis, IEnumerable<double> values, double from, double to, int target, double margin = 0, bool toTicks = false)
    {
        double[] finite = [.. values.Where(value => double.IsFinite(value) && (!axis.IsLogarithmic || value > 0))];
        double min = finite.Length == 0 ? axis.IsLogarithmic ? 1 : 0 : finite.Min(), max = finite.Length == 0 ? 1 : finite.Max();
        if (axis.IsLogarithmic)
        {
            double factor = min == max ? 2 : Math.Pow(max / min, margin);
            (min, max) = (min / factor, max * factor);
            return new AxisScale(axis, min, max, from, to, NiceTicks.Logarithmic(min, max, target));
        }
        if (max - min <= 1e-12 * Math.Max(Math.Abs(min), Math.Abs(max))) // All the same: show it in the middle.
        {
            double room = min == 0 ? 1 : Math.Abs(min) * 0.1;
            (min, max) = (min - room, max + room);
        }
        double extra = (max - min) * margin;
        (min, max) = (min - extra, max + extra);
        double step = NiceTicks.Step(min, max, target);
        if (axis.Unit == AxisUnit.Count && max - min >= 1) step = Math.Max(1, step);
        if (toTicks) (min, max) = NiceTicks.Widen(min, max, step);
        return new AxisScale(axis, min, max, from, to, NiceTicks.Linear(min, max, step));
    }

    /// <summary>The pixel of a value.</summary>
    public double At(double value)
    {
        double share = _logarithmic ? Math.Log(value / _min) / Math.Log(_max / _min) : (value - _min) / (_max - _min);
        return _from + share * (_to - _from);
    }
}
