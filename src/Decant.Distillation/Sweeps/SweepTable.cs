using System.Globalization;
using System.Text;
using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Sweeps;

/// <summary>Shows a sweep's summary as a table, as Markdown, and as CSV for further work.</summary>
public static class SweepTable
{
    /// <summary>One row a setting, the best first: its values, seeds, mean ± standard deviation of each figure.</summary>
    /// <param name="summary">The summary.</param>
    public static TextTable ToTable(this SweepSummary summary)
    {
        string[] keys = Keys(summary), short_ = ShortKeys(keys), metrics = Metrics(summary);
        ScoreColumn[] columns = [.. metrics.Select(ScoreColumn.Of)];
        return new(
            ["Rank", .. short_, "Seeds", .. metrics],
            [.. summary.Rows.Select((row, i) => (IReadOnlyList<TextCell>)
            [
                new($"{i + 1}"),
                .. keys.Select(key => new TextCell(row.Setting.Find(key) ?? "–")),
                new($"{row.Seeds}"),
                .. columns.Select((column, c) => new TextCell(
                    row.Metrics.TryGetValue(metrics[c], out SeedStatistics? figure) ? column.Format(figure) : "–", c == 0 && row == summary.Best)),
            ])]);
    }

    /// <summary>The same as CSV (RFC 4180, '.' as decimal point): full keys; for each figure mean, standard deviation, least and greatest, at full precision.</summary>
    /// <param name="summary">The summary.</param>
    public static string ToCsv(this SweepSummary summary)
    {
        string[] keys = Keys(summary), metrics = Metrics(summary);
        StringBuilder text = new();
        Line(["rank", .. keys, "seeds", .. metrics.SelectMany(m => new[] { m, $"{m}.std", $"{m}.min", $"{m}.max" })]);
        foreach ((int i, SweepRow row) in summary.Rows.Index())
            Line([
                $"{i + 1}", .. keys.Select(key => row.Setting.Find(key) ?? ""), $"{row.Seeds}",
                .. metrics.SelectMany(m => row.Metrics.TryGetValue(m, out SeedStatistics? s)
                    ? new[] { Number(s.Mean), Number(s.StandardDeviation), Number(s.Min), Number(s.Max) }
                    : ["", "", "", ""]),
            ]);
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append('\n');
    }

    /// <summary>Writes <c>sweep.csv</c>, <c>sweep.md</c> and, where its values are amounts, <c>sweep.svg</c> beside the ledger.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="name">The sweep's name: the chart's heading.</param>
    public static void Write(this SweepSummary summary, string folder, string name)
    {
        if (summary.ToSvg(name) is { } curves) AtomicFile.WriteText(Path.Combine(folder, "sweep.svg"), curves);
        AtomicFile.WriteText(Path.Combine(folder, "sweep.csv"), summary.ToCsv());
        AtomicFile.WriteText(Path.Combine(folder, "sweep.md"), summary.ToTable().ToMarkdown());
    }

    private static string[] Keys(SweepSummary summary) => [.. summary.Rows.SelectMany(r => r.Setting.Values).Select(v => v.Key).Distinct()];

    private static string[] Metrics(SweepSummary summary) =>
        [summary.Metric, .. summary.Rows.SelectMany(r => r.Metrics.Keys).Distinct().Where(m => m != summary.Metric)];

    // The last part of a key, with as many parts before it as tell it from the others.
    private static string[] ShortKeys(string[] keys) => [.. keys.Select(key =>
    {
        string[] parts = key.Split('.');
        for (int n = 1; n < parts.Length; n++)
        {
            string tail = string.Join('.', parts[^n..]);
            if (keys.Count(other => other == tail || other.EndsWith("." + tail, StringComparison.Ordinal)) == 1) return tail;
        }
        return key;
    })];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
