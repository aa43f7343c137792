using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>The value that was observed last.</summary>
internal sealed class LastSeries : IMetricSeries
{
    private double _value;

    public void Record(double value) => Volatile.Write(ref _value, value);

    public void Write(StringBuilder text, string name, string labels) => PrometheusText.Sample(text, name, labels, Volatile.Read(ref _value));
}
