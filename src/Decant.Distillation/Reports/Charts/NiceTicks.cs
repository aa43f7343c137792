namespace Decant.Distillation.Reports.Charts;

/// <summary>Places numbers that people like along an axis.</summary>
internal static class NiceTicks
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>The distance of ticks, 1, 2, 2.5 or 5 times a power of ten, that puts at most <paramref name="target"/> steps into a range.</summary>
    public static double Step(double min, double max, int target)
    {
        double rough = (max - min) / Math.Max(1, target);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return Steps.First(step => step * power >= rough * (1 - 1e-9)) * power;
    }

    /// <summary>Multiples of a step within a range.</summary>
    public static double[] Linear(double min, double max, double step)
    {
        double first = Math.Ceiling(min / step - 1e-9), last = Math.Floor(max / step + 1e-9);
        var ticks = new double[Math.Max(0, (int)(last - first) + 1)];
        for (int i = 0; i < ticks.Length; i++) ticks[i] = Clean((first + i) * step, step);
        return ticks;
    }

    /// <summary>The range widened to whole steps, so that it starts and ends with a tick.</summary>
    public static (double Min, double Max) Widen(double min, double max, double step) =>
        (Clean(Math.Floor(min / step + 1e-9) * step, step), Clean(Math.Ceiling(max / step - 1e-9) * step, step));

    /// <summary>Within a positive range 1, 2 and 5 times powers of ten, or powers of ten alone where those would be too many.</summary>
    public static double[] Logarithmic(double min, double max, int target)
    {
        double[] all = [.. Enumerate(min, max, [1, 2, 5])];
        if (all.Length <= target + 2) return all.Length >= 2 ? all : Linear(min, max, Step(min, max, target));
        double[] decades = [.. Enumerate(min, max, [1])];
        return decades.Length >= 3 ? decades : [.. Enumerate(min, max, [1, 3])];
    }

    private static IEnumerable<double> Enumerate(double min, double max, double[] digits)
    {
        for (int exponent = (int)Math.Floor(Math.Log10(min)); exponent <= Math.Log10(max) + 1e-9; exponent++)
            foreach (double digit in digits)
            {
                double tick = digit * Math.Pow(10, exponent);
                if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) yield return tick;
            }
    }

    // 3 × 0.1 is not 0.3 in binary: the label and the position should be those of 0.3.
    private static double Clean(double value, double step)
    {
        int decimals = 1 - (int)Math.Floor(Math.Log10(step));
        return decimals is > 0 and <= 15 ? Math.Round(value, decimals) + 0.0 : value;
    }
}
