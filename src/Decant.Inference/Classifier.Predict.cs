using Decant.Text.Tokenization;

namespace Decant.Inference;

public sealed partial class Classifier
{
    /// <summary>Classifies one text, or a pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text, or null.</param>
    /// <param name="options">Labels to list, speed; null for the defaults.</param>
    /// <exception cref="DecantException">An option is out of range or not for this model.</exception>
    public Prediction Predict(string text, string? pair = null, PredictOptions? options = null) =>
        Predict([new TextInput(text, pair)], options)[0];

    /// <summary>Classifies texts.</summary>
    /// <inheritdoc cref="Predict(IReadOnlyList{TextInput}, PredictOptions, CancellationToken)"/>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<string> inputs, PredictOptions? options = null, CancellationToken cancellation = default) =>
        Predict(inputs.Select(text => new TextInput(text)).ToArray(), options, cancellation);

    /// <summary>Classifies texts and pairs; they may be mixed.</summary>
    /// <param name="inputs">The texts; none gives no predictions.</param>
    /// <param name="options">Labels to list, speed; null for the defaults.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>One prediction for each input, in their order.</returns>
    /// <exception cref="DecantException">A text is null, or an option is out of range or not for this model.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<TextInput> inputs, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options = (options ?? PredictOptions.Default).Validate(HasAdaptiveExit);
        if (inputs.Count == 0) return [];
        cancellation.ThrowIfCancellationRequested();
        EncodedTexts texts = _tokenizer.EncodeBatch([.. inputs.Select(input => (input.Text, input.Pair))], _encode);
        var predictions = new Prediction[inputs.Count];
        for (int first = 0; first < predictions.Length; first += _options.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            PredictBatch(texts, first, predictions.AsSpan(first, Math.Min(_options.BatchSize, predictions.Length - first)), options);
        }
        return predictions;
    }

    /// <summary>Classifies texts on another thread.</summary>
    /// <inheritdoc cref="Predict(IReadOnlyList{TextInput}, PredictOptions, CancellationToken)"/>
    public Task<IReadOnlyList<Prediction>> PredictAsync(IReadOnlyList<string> inputs, PredictOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => Predict(inputs, options, cancellation), cancellation);

    /// <summary>Classifies texts and pairs on another thread; they may be mixed.</summary>
    /// <inheritdoc cref="Predict(IReadOnlyList{TextInput}, PredictOptions, CancellationToken)"/>
    public Task<IReadOnlyList<Prediction>> PredictAsync(IReadOnlyList<TextInput> inputs, PredictOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => Predict(inputs, options, cancellation), cancellation);

    private void PredictBatch(EncodedTexts texts, int first, Span<Prediction> predictions, PredictOptions options)
    {
        var logits = new float[predictions.Length * _engine.Outputs];
        int[] exitLayers = HasAdaptiveExit ? new int[predictions.Length] : [];
        _engine.Run(texts, first, predictions.Length, options.Speed ?? 0, logits, exitLayers);
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] = Prediction.From(logits.AsSpan(i * _engine.Outputs, _engine.Outputs), Problem, _outputLabels, options.TopK,
                HasAdaptiveExit ? exitLayers[i] : null);
    }
}
