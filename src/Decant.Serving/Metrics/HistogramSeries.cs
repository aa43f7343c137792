using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>How many values lie at or below each bound, their number and their sum.</summary>
/// <param name="bounds">Upper bounds, rising.</param>
internal sealed class HistogramSeries(double[] bounds) : IMetricSeries
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public void Record(double value)
    {
        int at = Array.BinarySearch(bounds, value);
        lock (_lock)
        {
            _counts[at < 0 ? ~at : at]++;
            _sum += value;
        }
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        lock (_lock)
        {
            long below = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                below += _counts[i];
                string bound = i < bounds.Length ? PrometheusText.Number(bounds[i]) : "+Inf";
                PrometheusText.Sample(text, $"{name}_bucket", PrometheusText.Join(labels, $"le=\"{bound}\""), below);
            }
            PrometheusText.Sample(text, $"{name}_sum", labels, _sum);
            PrometheusText.Sample(text, $"{name}_count", labels, below);
        }
    }
}
