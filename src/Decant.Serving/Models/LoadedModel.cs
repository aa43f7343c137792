namespace Decant.Serving.Models;

/// <summary>A model in memory.</summary>
/// <param name="Facts">What it is.</param>
/// <param name="Predictor">What answers. Disposed with the server where it is <see cref="IDisposable"/>.</param>
public sealed record LoadedModel(ModelFacts Facts, IBatchPredictor Predictor);
