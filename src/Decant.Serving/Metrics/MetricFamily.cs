using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>One instrument: a series for each combination of tags that it was used with.</summary>
internal sealed class MetricFamily
{
    // Instruments with tags that a client chooses would otherwise grow without end.
    private const int MostSeries = 1000;

    private static readonly double[] seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, IMetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Func<IMetricSeries> _newSeries;
    private readonly string _type, _help;

    private MetricFamily(string name, string type, string help, Func<IMetricSeries> newSeries) => (Name, _type, _help, _newSeries) = (name, type, help, newSeries);

    public string Name { get; }

    public static MetricFamily For(Instrument instrument)
    {
        Type kind = instrument.GetType().GetGenericTypeDefinition();
        string help = instrument.Description ?? "";
        if (kind == typeof(Histogram<>))
        {
            double[] bounds = Bounds(instrument);
            return new(PrometheusText.Name(instrument, isCounter: false), "histogram", help, () => new HistogramSeries(bounds));
        }
        if (kind == typeof(Counter<>)) return new(PrometheusText.Name(instrument, isCounter: true), "counter", help, () => new SumSeries());
        if (kind == typeof(UpDownCounter<>)) return new(PrometheusText.Name(instrument, isCounter: false), "gauge", help, () => new SumSeries());
        bool isCounter = kind == typeof(ObservableCounter<>);
        return new(PrometheusText.Name(instrument, isCounter), isCounter ? "counter" : "gauge", help, () => new LastSeries());
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = PrometheusText.Labels(tags);
        if (!_series.TryGetValue(labels, out IMetricSeries? series))
        {
            if (_series.Count >= MostSeries) return;
            series = _series.GetOrAdd(labels, _ => _newSeries());
        }
        series.Record(value);
    }

    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty) return;
        text.Append("# HELP ").Append(Name).Append(' ').Append(PrometheusText.Escape(_help, quotes: false)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
        foreach ((string labels, IMetricSeries series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.Write(text, Name, labels);
    }

    private static double[] Bounds(Instrument instrument) => instrument switch
    {
        Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
        Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        _ => seconds,
    };
}
