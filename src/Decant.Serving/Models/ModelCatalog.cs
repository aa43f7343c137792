using Decant.Inference;
using Decant.Serving.Batching;
using Decant.Serving.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Models;

/// <summary>The models of a server by name. Made once; all models are loaded and have answered a first input when it is.</summary>
public sealed partial class ModelCatalog : IAsyncDisposable
{
    private const int LongestShown = 100;

    private readonly Dictionary<string, ServedModel> _models = new(StringComparer.Ordinal);

    /// <summary>Loads the models one after the other, in the order in which they were added.</summary>
    /// <param name="sources">The models.</param>
    /// <param name="options">How inputs are put together.</param>
    /// <param name="metrics">Where it is counted.</param>
    /// <param name="logger">Where it is told.</param>
    /// <exception cref="DecantException">There is none, two have one name, or one cannot be loaded.</exception>
    public ModelCatalog(IEnumerable<ModelSource> sources, IOptions<ServingOptions> options, ServingMetrics metrics, ILogger<ModelCatalog> logger)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        ModelSource[] all = [.. sources];
        if (all.Length == 0) throw new DecantException("There is no model to serve. Add one with AddModel.");
        if (all.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DecantException($"Two models are called '{twice.Key}'. Give each its own name: NAME=PATH.");
        foreach (ModelSource source in all) Add(source, options.Value, metrics, logger);
        metrics.ObserveQueues(_models.Values);
    }

    /// <summary>The models in the order in which they were added.</summary>
    public IReadOnlyCollection<ServedModel> Models => _models.Values;

    /// <summary>The model of a name, or null. Case counts.</summary>
    /// <param name="name">The name.</param>
    public ServedModel? Find(string name) => _models.GetValueOrDefault(name);

    /// <summary>The model of a name.</summary>
    /// <param name="name">The name. Case counts.</param>
    /// <exception cref="DecantException">There is none; the message names the nearest.</exception>
    public ServedModel Get(string name) => Find(name) ?? throw new DecantException(Unknown(name));

    internal string Unknown(string name)
    {
        string shown = name.Length <= LongestShown ? name : $"{name.AsSpan(0, LongestShown)}…";
        string hint = NearestName.Of(shown, _models.Keys) is { } near ? $" Did you mean {near}?" : "";
        return $"There is no model '{shown}'.{hint} Known: {string.Join(", ", _models.Keys)}.";
    }

    /// <summary>Answers what waits, then frees the models.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (ServedModel model in _models.Values) await model.DisposeAsync().ConfigureAwait(false);
    }

    private void Add(ModelSource source, ServingOptions options, ServingMetrics metrics, ILogger logger)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        LoadedModel model = source.Load();
        var queue = new BatchQueue(source.Name, model.Predictor, options, metrics, logger);
        _models.Add(source.Name, new ServedModel(source.Name, model, queue));
        // The first batch pays for what is made on first use; it must not be a client's.
        queue.PredictAsync([new TextInput("A first look.")], 0, CancellationToken.None).GetAwaiter().GetResult();
        LogLoaded(logger, source.Name, model.Facts.Layers, model.Facts.Labels.Count, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Model}: {Layers} layers, {Labels} outputs, in {Seconds:F2} s")]
    private static partial void LogLoaded(ILogger logger, string model, int layers, int labels, double seconds);
}
