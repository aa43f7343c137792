namespace Decant.Models.Pruning;

/// <summary>How the gradients of batches are added up into first-order Taylor importance |w · ∂L/∂w|.</summary>
public enum ImportanceRule
{
    /// <summary>|w · Σ |∂L/∂w||: what the batches say never cancels (the released code of Marginal Utility Diminishes).</summary>
    Absolute,

    /// <summary>|w · Σ ∂L/∂w|: the gradient over the whole data set (ROSITA).</summary>
    Signed,
}
