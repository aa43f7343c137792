namespace Decant.Distillation.Reports.Charts;

/// <summary>How the numbers of an axis are written.</summary>
public enum AxisUnit
{
    /// <summary>Plain numbers; very large and very small ones with a power of ten.</summary>
    Number,

    /// <summary>Counts with K, M, G; between whole numbers there are ticks only where fewer than one would fit.</summary>
    Count,

    /// <summary>Seconds, milliseconds or microseconds.</summary>
    Seconds,
}
