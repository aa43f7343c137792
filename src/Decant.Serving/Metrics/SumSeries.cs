using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>A sum of increments.</summary>
internal sealed class SumSeries : IMetricSeries
{
    private readonly Lock _lock = new();
    private double _sum;

    public void Record(double value)
    {
        lock (_lock) _sum += value;
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        lock (_lock) PrometheusText.Sample(text, name, labels, _sum);
    }
}
