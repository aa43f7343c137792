using System.Globalization;
using Decant.Distillation.Reports.Charts;
using Decant.Distillation.Reports.Markup;
using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Speed;

namespace Decant.Distillation.Reports.Html;

/// <summary>Writes a FastBERT's speed curve as one self-contained page: score against operations and against the clock, exits by layer, all figures.</summary>
public static class SpeedPage
{
    /// <summary>Writes the page atomically.</summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="curve">What to show.</param>
    /// <param name="environment">The machine it was measured on.</param>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public static void Write(string path, SpeedCurve curve, EnvironmentInfo environment) => AtomicFile.WriteText(path, Render(curve, environment));

    /// <summary>The page as text: HTML in XML syntax.</summary>
    /// <inheritdoc cref="Write"/>
    public static string Render(SpeedCurve curve, EnvironmentInfo environment)
    {
        string title = $"Speed of {curve.Model}";
        var page = new MarkupWriter();
        page.Raw("<!DOCTYPE html>\n");
        using (page.Open("html", ("lang", "en")))
        {
            using (page.Open("head")) PageHead.Write(page, title);
            page.Line();
            using (page.Open("body"))
            using (page.Open("main"))
            {
                using (page.Open("header"))
                {
                    page.Element("p", "Decant speed", ("class", "kicker"));
                    page.Element("h1", title);
                    page.Element("p", $"{curve.Examples.ToString("N0", CultureInfo.InvariantCulture)} examples from {curve.Source}", ("class", "lead"));
                    page.Element("p", $"{environment.Cpu} · {environment.OperatingSystem} · Decant {environment.Decant}", ("class", "meta"));
                }
                WriteTradeOffs(page, curve);
                WriteExits(page, curve);
                WriteFigures(page, curve);
            }
        }
        page.Line();
        return page.ToString();
    }

    private static void WriteTradeOffs(MarkupWriter page, SpeedCurve curve)
    {
        var score = ScoreColumn.Of(curve.BestMetric);
        double scale = score.IsPercentage ? 100 : 1;
        string label = Labels.Of(curve.BestMetric);
        LinePoint[] byFlops = [.. curve.Points.Select(p => new LinePoint(p.Flops, curve.Score(p) * scale)).OrderBy(p => p.X)];
        var y = new Axis(score.IsPercentage ? label + " (%)" : label);
        using (Section.Open(page, "What a score costs", $"Each point is a speed. Operations are counted as FastBERT does, for {curve.FlopsLength} padded tokens; throughput is by the clock, from text to label."))
        {
            if (curve.BatchSizes.Count > 1)
                Section.Legend(page, curve.BatchSizes.Select((size, i) => (BatchName(size), i)));
            Section.Grid(page,
            [
                new LineChart { Title = $"{label} against operations", Subtitle = "Up and to the left is better", X = new Axis("FLOPs a text", AxisUnit.Count), Y = y, Series = [new LineSeries(label, 0, byFlops)] }.ToSvg(),
                .. curve.BatchSizes.Count == 0 ? (string[])[] :
                [
                    new LineChart
                    {
                        Title = $"{label} against throughput", Subtitle = "Up and to the right is better", X = new Axis("Texts a second", AxisUnit.Count), Y = y,
                        Series = [.. curve.BatchSizes.Select((size, i) => new LineSeries(BatchName(size), i,
                            [.. curve.Points.Select(p => new LinePoint(p.TextsPerSecond[i], curve.Score(p) * scale)).OrderBy(p => p.X)]))],
                    }.ToSvg(),
                ],
            ]);
        }
    }

    private static void WriteExits(MarkupWriter page, SpeedCurve curve)
    {
        double most = curve.Points.Max(p => p.ExitShares(curve.Layers).Max()) * 100;
        using (Section.Open(page, "Where texts leave", "The share of texts that left at each layer, for each speed."))
            Section.Grid(page, curve.Points.Select(p => new ColumnChart
            {
                Title = $"Speed {SpeedTables.Text(p.Speed)}", Subtitle = $"{Units.Significant(p.MeanLayers)} layers on average", X = new Axis("Layer", AxisUnit.Count), Y = new Axis("Texts (%)"),
                Heights = [.. p.ExitShares(curve.Layers).Select(share => share * 100)], Reaches = most,
            }.ToSvg()));
    }

    private static void WriteFigures(MarkupWriter page, SpeedCurve curve)
    {
        TextTable table = SpeedTables.Costs(curve);
        using (Section.Open(page, "All figures"))
            TableFrame.Write(page, table.Headers, () =>
            {
                foreach (var row in table.Rows)
                    using (page.Open("tr"))
                        for (int i = 0; i < row.Count; i++)
                            page.Element(i == 0 ? "th" : "td", row[i].Text);
            });
    }

    private static string BatchName(int size) => $"batch {size.ToString(CultureInfo.InvariantCulture)}";
}
