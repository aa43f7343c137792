using Decant.Inference;
namespace Decant.Serving.Models;

/// <summary>Answers a batch. All that the server needs to know of a model's inside.</summary>
public interface IBatchPredictor
{
    /// <summary>Answers inputs together. Called by one thread at a time, always the same.</summary>
    /// <param name="inputs">At least one.</param>
    /// <param name="speed">Uncertainty below which an adaptive model exits early, in [0, 1]; 0 runs to the end.</param>
    /// <returns>An answer for each input, in their order.</returns>
    IReadOnlyList<Prediction> Predict(IReadOnlyList<TextInput> inputs, double speed);
}
