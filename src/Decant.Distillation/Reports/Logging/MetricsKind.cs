namespace Decant.Distillation.Reports.Logging;

/// <summary>Where the figures of an entry come from.</summary>
public enum MetricsKind
{
    /// <summary>Training steps: loss terms, learning rate, speed.</summary>
    Train,

    /// <summary>An evaluation: loss and metrics over a whole split.</summary>
    Eval,
}
