using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>The figures of one instrument for one combination of tags. Safe for use by many threads.</summary>
internal interface IMetricSeries
{
    void Record(double value);

    void Write(StringBuilder text, string name, string labels);
}
