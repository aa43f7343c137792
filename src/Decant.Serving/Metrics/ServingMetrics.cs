using System.Diagnostics.Metrics;
using Decant.Serving.Models;

namespace Decant.Serving.Metrics;

/// <summary>
/// What a server counts, as .NET meters under <see cref="MeterName"/>. Every instrument has the tag <c>model</c>; times are in seconds.
/// </summary>
public sealed class ServingMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Decant.Serving";

    private static readonly double[] seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly int[] sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    private readonly Meter _meter;
    private readonly Counter<long> _requests, _inputs, _exits;
    private readonly Histogram<double> _duration, _waited, _batchDuration;
    private readonly Histogram<int> _batchSize;

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    public ServingMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _meter = factory.Create(MeterName);
        _requests = _meter.CreateCounter<long>("decant.serving.requests", "{request}", "Predict requests by outcome");
        _inputs = _meter.CreateCounter<long>("decant.serving.inputs", "{input}", "Inputs answered");
        _exits = _meter.CreateCounter<long>("decant.serving.exits", "{input}", "Inputs of adaptive models by the layer after which they left");
        _duration = Times("decant.serving.request.duration", "From the arrival of a predict request to its answer");
        _waited = Times("decant.serving.queue.duration", "How long answered requests waited for their first batch");
        _batchDuration = Times("decant.serving.batch.duration", "Computing a batch");
        _batchSize = _meter.CreateHistogram("decant.serving.batch.size", "{input}", "Inputs answered together",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = sizes });
    }

    /// <summary>Counts a predict request.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="outcome">How it ended: <c>ok</c>, <c>refused</c> (the request was wrong), <c>overloaded</c>, <c>abandoned</c> (the client left) or <c>failed</c>.</param>
    /// <param name="took">From its arrival to its answer.</param>
    public void CountRequest(string model, string outcome, TimeSpan took)
    {
        KeyValuePair<string, object?> name = Model(model), how = new("outcome", outcome);
        _requests.Add(1, name, how);
        _duration.Record(took.TotalSeconds, name, how);
    }

    /// <summary>Counts the inputs of an answered request.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="inputs">How many it had.</param>
    /// <param name="waited">How long it waited for its first batch.</param>
    public void CountAnswer(string model, int inputs, TimeSpan waited)
    {
        _inputs.Add(inputs, Model(model));
        _waited.Record(waited.TotalSeconds, Model(model));
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="size">Inputs in it.</param>
    /// <param name="took">The time it took to compute.</param>
    public void CountBatch(string model, int size, TimeSpan took)
    {
        _batchSize.Record(size, Model(model));
        _batchDuration.Record(took.TotalSeconds, Model(model));
    }

    /// <summary>Counts an input that left an adaptive model.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="layer">The layer after which it left, from 1.</param>
    public void CountExit(string model, int layer) => _exits.Add(1, Model(model), new("exit_layer", layer));

    internal void ObserveQueues(IEnumerable<ServedModel> models) => _meter.CreateObservableGauge("decant.serving.queue.length",
        () => models.Select(model => new Measurement<int>(model.Queue.Waiting, Model(model.Name))), "{input}", "Inputs that wait");

    private static KeyValuePair<string, object?> Model(string name) => new("model", name);

    private Histogram<double> Times(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = seconds });
}
