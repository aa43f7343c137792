using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Decant.Serving.Metrics;

/// <summary>Names, labels and numbers as Prometheus writes them.</summary>
internal static class PrometheusText
{
    /// <summary>The instrument's name with its unit, in the characters that Prometheus allows: <c>decant_serving_batch_duration_seconds</c>.</summary>
    public static string Name(Instrument instrument, bool isCounter)
    {
        string unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "ms" => "_milliseconds",
            _ => "",  // {request} and the like are annotations
        };
        string name = string.Concat(instrument.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    /// <summary><c>model="sst-2",outcome="ok"</c></summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var text = new StringBuilder();
        foreach ((string key, object? value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            foreach (char c in key) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            text.Append("=\"").Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true)).Append('"');
        }
        return text.ToString();
    }

    public static string Join(string labels, string more) => labels.Length == 0 ? more : $"{labels},{more}";

    public static string Escape(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }
}
