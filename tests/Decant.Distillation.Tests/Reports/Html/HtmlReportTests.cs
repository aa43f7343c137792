using System.Text.RegularExpressions;
using System.Xml.Linq;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Html;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Tests.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Html;

public class HtmlReportTests
{
    private static readonly ReportModel Empty = new() { Title = "Nothing", Created = DateTimeOffset.UnixEpoch };

    private static XElement Parse(ReportModel model)
    {
        string html = HtmlReport.Render(model);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html);
        return XElement.Parse(html["<!DOCTYPE html>\n".Length..]);
    }

    private static List<string> Headings(XElement page) => [.. page.Descendants("h2").Select(e => e.Value)];

    [Fact]
    public void A_full_report_has_all_sections_in_order() =>
        Assert.Equal(["Comparison", "What a score costs", "Evaluation", "Learning curves", "Training", "Recipe", "Environment", "How to read this page"], Headings(Parse(SampleReport.Model)));

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_runs_nothing()
    {
        string html = HtmlReport.Render(SampleReport.Model);
        Assert.DoesNotMatch(@"(?i)<(script|link|img|iframe|object|embed)\b|\bsrc\s*=|\bhref\s*=|@import|url\(", html);
        Assert.Equal(["http://www.w3.org/2000/svg"], Regex.Matches(html, @"https?://[^""'\s<)]+").Select(match => match.Value).Distinct());
        Assert.Contains("default-src 'none'", Parse(SampleReport.Model).Descendants("meta").Select(meta => meta.Attribute("content")?.Value).Single(text => text?.Contains("default-src") == true));
    }

    [Fact]
    public void Both_themes_and_small_screens_are_provided_for()
    {
        string css = Parse(SampleReport.Model).Descendants("style").Single().Value;
        Assert.Contains("prefers-color-scheme:dark", css);
        Assert.Contains("--s0:#3954cd", css);
        Assert.Contains("--s0:#52a4ff", css);
        Assert.Contains("@media (max-width:", css);
    }

    [Fact]
    public void Every_loss_term_and_score_has_a_chart()
    {
        string[] titles = [.. Parse(SampleReport.Model).OfClass("title").Select(e => e.Value)];
        Assert.Equal(["Accuracy against parameters", "Accuracy against inference time", "Accuracy", "F1", "Loss on evaluation data", "Total loss", "Hard labels", "Soft labels", "Patience", "Learning rate", "Tokens per second"], titles);
    }

    [Fact]
    public void A_system_has_one_colour_everywhere()
    {
        var page = Parse(SampleReport.Model);
        var keys = page.Descendants().Where(e => e.Name.LocalName is "li" or "th" && e.Elements().Any(c => c.Name.LocalName == "svg"))
            .Select(e => (Name: e.Value, Colour: e.Descendants().Select(d => d.Attribute("fill")?.Value).First(fill => fill is not null)));
        Assert.All(keys.GroupBy(key => key.Name), group => Assert.Single(group.Distinct()));
        Assert.Equal("var(--sn)", keys.First(key => key.Name == "Teacher, 12 layers").Colour);
    }

    [Fact]
    public void The_table_shows_the_comparison()
    {
        var table = Parse(SampleReport.Model).Descendants("table").Single();
        Assert.Equal(SampleReport.Comparison.ToTextTable().Headers, table.Descendants("thead").Descendants("th").Select(e => e.Value));
        Assert.Equal(SampleReport.Comparison.ToTextTable().Rows.SelectMany(row => row.Select(cell => cell.Text)), table.Descendants("tbody").Descendants().Where(e => e.Name == "th" || e.Name == "td").Select(e => e.Value));
        Assert.Equal("PKD-Skip, 6 layers", table.OfClass("winner").Single().Element("th")!.Value);
    }

    [Fact]
    public void One_run_needs_neither_comparison_nor_legend()
    {
        var page = Parse(SampleReport.Model with { Comparison = null, Runs = [SampleReport.Model.Runs[7]] });
        Assert.Equal(["Evaluation", "Learning curves", "Training", "Recipe", "Environment", "How to read this page"], Headings(page));
        Assert.Empty(page.OfClass("legend"));
        Assert.Equal(["Best accuracy", "Best F1", "Steps", "Time"], page.OfClass("label").Select(e => e.Value));
    }

    [Fact]
    public void Without_a_teacher_the_figures_stand_for_themselves()
    {
        var comparison = SampleReport.Comparison with { Rows = [SampleReport.Comparison.Rows[3]] };
        var page = Parse(Empty with { Comparison = comparison });
        Assert.Equal(["Accuracy", "Parameters", "Inference"], page.OfClass("label").Select(e => e.Value));
        Assert.Equal(["Comparison", "How to read this page"], Headings(page));
    }

    [Fact]
    public void With_nothing_to_sum_up_there_is_no_empty_card() => Assert.Empty(Parse(Empty).OfClass("summary"));

    [Fact]
    public void A_comparison_needs_no_runs() =>
        Assert.Equal(["Comparison", "What a score costs", "How to read this page"], Headings(Parse(Empty with { Comparison = SampleReport.Comparison })));

    [Fact]
    public void A_run_that_diverged_or_logged_nothing_is_still_shown()
    {
        var diverged = new ReportRun { System = "bad", Entries = [new MetricsEntry { Step = 1, Epoch = 0, Time = default, Kind = MetricsKind.Train, Values = [new("loss/total", double.NaN)] }] };
        SvgReader.AssertDrawable(Parse(Empty with { Runs = [diverged, new ReportRun { System = "empty", Entries = [] }] }));
        Parse(Empty with { Runs = [new ReportRun { System = "empty", Entries = [] }] });
        Parse(Empty);
    }

    [Fact]
    public void Hostile_names_stay_text_everywhere()
    {
        const string evil = "</title></style></script><script>alert('1')</script><img src=x onerror=alert(1)> ]]> &lt; \u202e\0";
        var sample = SampleReport.Model;
        var model = sample with
        {
            Title = evil, Subtitle = evil, Command = evil, Notes = [evil],
            Runs = [.. sample.Runs.Select(run => run with { System = evil + run.System, Recipe = evil, Entries = [.. run.Entries.Select(e => e with { Values = [.. e.Values, new(evil, 1), new("loss/" + evil, 1)] })] })],
            Comparison = sample.Comparison! with { TimeOf = evil, Scores = [.. sample.Comparison.Scores, new(evil)], Rows = [.. sample.Comparison.Rows.Select(row => row with { System = evil + row.System })] },
            Environment = sample.Environment! with { Cpu = evil, OperatingSystem = evil, Blas = evil },
        };
        var page = Parse(model);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "img");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(evil.Replace("\0", "\uFFFD"), page.Descendants("h1").Single().Value);
    }

    [Fact]
    public void The_file_is_written_and_of_a_reasonable_size()
    {
        using var folder = new TemporaryFolder();
        HtmlReport.Write(folder.File("run/report.html"), SampleReport.Model);
        Assert.InRange(new FileInfo(folder.File("run/report.html")).Length, 50_000, 500_000);
    }
}
