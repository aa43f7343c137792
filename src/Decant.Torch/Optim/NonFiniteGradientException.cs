namespace Decant.Torch.Optim;

/// <summary>A gradient is NaN or infinite; no parameter was changed by it.</summary>
/// <param name="parameter">Whose gradient it is.</param>
public sealed class NonFiniteGradientException(string parameter)
    : DecantException($"The gradient of '{parameter}' is not finite. No parameter was changed.")
{
    /// <summary>Whose gradient it is.</summary>
    public string Parameter => parameter;
}
