using Decant.Text.Data;

namespace Decant.Inference.Files;

/// <summary>Writes predictions one after another.</summary>
public interface IPredictionWriter
{
    /// <summary>Writes one prediction.</summary>
    /// <param name="example">What was predicted on.</param>
    /// <param name="prediction">What the model says.</param>
    void Write(Example example, Prediction prediction);
}
