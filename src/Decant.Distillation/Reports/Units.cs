using System.Globalization;

namespace Decant.Distillation.Reports;

/// <summary>Numbers for people: three significant digits and a unit.</summary>
public static class Units
{
    /// <summary>A count: 950, 67.0M, 1.25G.</summary>
    /// <param name="value">A count.</param>
    public static string Count(double value) => Scaled(value, 1000, ["", "K", "M", "G", "T"]);

    /// <summary>A size in powers of 1000 as disk makers count: 12.4 MB.</summary>
    /// <param name="value">Bytes.</param>
    public static string Bytes(double value) => Scaled(value, 1000, [" B", " kB", " MB", " GB", " TB"]);

    /// <summary>A duration: 850 µs, 12.3 ms, 4.56 s, 3 min 20 s, 2 h 5 min.</summary>
    /// <param name="seconds">Seconds, 0 or more.</param>
    public static string Seconds(double seconds) => seconds switch
    {
        >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600)} h {Math.Floor(seconds % 3600 / 60)} min"),
        >= 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60)} min {Math.Floor(seconds % 60)} s"),
        >= 1 => Significant(seconds) + " s",
        >= 1e-3 => Significant(seconds * 1e3) + " ms",
        > 0 => Significant(seconds * 1e6) + " µs",
        _ => "0 s",
    };

    /// <summary>A ratio: 1.94×.</summary>
    /// <param name="value">A ratio.</param>
    public static string Ratio(double value) => Significant(value) + "×";

    /// <summary>Three significant digits without exponent for ordinary sizes: 0.123, 12.3, 1234.</summary>
    /// <param name="value">Any finite number.</param>
    public static string Significant(double value)
    {
        double size = Math.Abs(value);
        string format = size switch { 0 => "0", >= 99.95 => "0", >= 9.995 => "0.0", >= 0.9995 => "0.00", >= 0.09995 => "0.000", >= 0.001 => "0.0000", _ => "0.##E0" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Scaled(double value, double by, string[] units)
    {
        int unit = 0;
        while (Math.Abs(value) >= by * 0.99995 && unit < units.Length - 1)
        {
            value /= by;
            unit++;
        }
        return (unit == 0 ? value.ToString("0", CultureInfo.InvariantCulture) : Significant(value)) + units[unit];
    }
}
