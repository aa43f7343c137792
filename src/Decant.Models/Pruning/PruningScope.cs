namespace Decant.Models.Pruning;

/// <summary>Among which parts the least important are looked for.</summary>
public enum PruningScope
{
    /// <summary>Within each layer: all layers keep as many (ROSITA, Marginal Utility).</summary>
    Layer,

    /// <summary>Among all layers, after the scores of each were divided by their L2 norm (Michel et al. 2019): layers keep different numbers, at least one each.</summary>
    Model,
}
