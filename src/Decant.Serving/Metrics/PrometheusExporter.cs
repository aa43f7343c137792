using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>
/// Listens to meters and writes what they counted in the text form of Prometheus, version 0.0.4: the server's own meter, those of ASP.NET Core in the
/// same application, and the runtime's (memory, garbage collection, thread pool, processor time).
/// </summary>
public sealed class PrometheusExporter : IDisposable
{
    /// <summary>The content type of <see cref="Write"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] ofTheApplication = [ServingMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly IMeterFactory _factory;

    /// <summary>Starts to listen.</summary>
    /// <param name="factory">The application's: another one's meters are not listened to.</param>
    public PrometheusExporter(IMeterFactory factory)
    {
        _factory = factory;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!IsWanted(instrument.Meter)) return;
            MetricFamily family = _families.GetOrAdd(instrument, MetricFamily.For);
            listener.EnableMeasurementEvents(instrument, family);
        };
        Measure<byte>(v => v);
        Measure<short>(v => v);
        Measure<int>(v => v);
        Measure<long>(v => v);
        Measure<float>(v => v);
        Measure<double>(v => v);
        Measure<decimal>(v => (double)v);
        _listener.Start();
    }

    /// <summary>What was counted so far.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (MetricFamily family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal)) family.Write(text);
        return text.ToString();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _listener.Dispose();

    private bool IsWanted(Meter meter) =>
        meter.Name == "System.Runtime" || (ReferenceEquals(meter.Scope, _factory) && ofTheApplication.Contains(meter.Name));

    private void Measure<T>(Func<T, double> value) where T : struct => _listener.SetMeasurementEventCallback<T>((_, measured, tags, family) =>
        ((MetricFamily)family!).Record(value(measured), tags));
}
