using Decant.Inference;
using Decant.Serving.Batching;

namespace Decant.Serving.Models;

/// <summary>A model and the queue before it.</summary>
/// <example><code>
/// Prediction answer = await catalog.Get("reviews").PredictAsync("A fine film.");
/// </code></example>
public sealed class ServedModel : IAsyncDisposable
{
    private readonly LoadedModel _model;

    internal ServedModel(string name, LoadedModel model, BatchQueue queue) => (Name, _model, Queue) = (name, model, queue);

    /// <summary>What clients call it.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public ModelFacts Facts => _model.Facts;

    /// <summary>Where inputs wait to be answered together.</summary>
    public BatchQueue Queue { get; }

    /// <summary>Classifies one text; it is computed together with what other callers ask at the same time.</summary>
    /// <param name="input">The text, or pair.</param>
    /// <param name="speed">Uncertainty below which an adaptive model exits early, in [0, 1]; 0, the default, runs to the end.</param>
    /// <param name="cancel">Abandons the call.</param>
    /// <exception cref="OverloadedException">Too many inputs wait.</exception>
    public async Task<Prediction> PredictAsync(TextInput input, double speed = 0, CancellationToken cancel = default) =>
        (await PredictAsync([input], speed, cancel).ConfigureAwait(false)).Answers[0];

    /// <summary>Classifies texts and pairs; they are computed together with what other callers ask at the same time.</summary>
    /// <param name="inputs">The texts, at least one and at most <see cref="ServingOptions.QueueCapacity"/>.</param>
    /// <param name="speed">As for one text.</param>
    /// <param name="cancel">Abandons the call.</param>
    /// <returns>The answers in the order of the inputs.</returns>
    /// <exception cref="DecantException">The speed is out of range, or above 0 for a model that cannot exit early.</exception>
    /// <exception cref="OverloadedException">Too many inputs wait.</exception>
    public Task<BatchedAnswers> PredictAsync(IReadOnlyList<TextInput> inputs, double speed = 0, CancellationToken cancel = default)
    {
        if (speed is not (>= 0 and <= 1)) throw new DecantException(FormattableString.Invariant($"speed must be a number from 0 to 1, not {speed}."));
        if (speed > 0 && !Facts.IsAdaptive) throw new DecantException($"The model '{Name}' has no branches to leave at, so speed must be 0 or left out. FastBERT models have.");
        return Queue.PredictAsync(inputs, speed, cancel);
    }

    /// <summary>Answers what waits, then frees the model.</summary>
    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync().ConfigureAwait(false);
        (_model.Predictor as IDisposable)?.Dispose();
    }
}
