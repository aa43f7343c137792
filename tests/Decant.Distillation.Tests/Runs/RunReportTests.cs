using Decant.Distillation.Runs;

namespace Decant.Tests.Runs;

public sealed class RunReportTests : IDisposable
{
    private const string Metrics = """
        {"step":1,"epoch":0.5,"time":"2026-01-01T00:00:00.000Z","kind":"train","stage":"s","loss":0.7}
        {"step":2,"epoch":1,"time":"2026-01-01T00:00:01.000Z","kind":"train","stage":"s","loss":0.5}

        """;

    private readonly RunsOnDisk runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void A_run_gets_one_page_in_its_folder()
    {
        RunFolder run = runs.Write("student", extra: "description: What this run is about.");
        Assert.DoesNotContain("Learning curves", File.ReadAllText(RunReport.Write(run)));
        runs.File("student/seed-1/metrics.jsonl", Metrics);
        string path = RunReport.Write(run);
        Assert.Equal(runs.Path("student/report.html"), path);
        string html = File.ReadAllText(path);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<title>student", html);
        Assert.Contains("What this run is about. Task sst-2, scores on the dev split.", html);
        Assert.Contains($"decant run {run.Paths.Recipe}", html);
        Assert.Contains("80.0", html);
        Assert.Contains("Learning curves", html);
    }

    [Fact]
    public void Several_runs_share_a_page()
    {
        RunFolder[] both = [runs.Write("a"), runs.Write("b", scores: [new() { ["accuracy"] = 0.615 }])];
        string path = runs.Path("report.html");
        RunReport.Write(path, both, RunComparison.Of(both));
        string html = File.ReadAllText(path);
        Assert.Contains("2 runs on sst-2", html);
        Assert.Contains("61.5", html);
        Assert.Contains($"decant run {both[0].Paths.Recipe}", html);
        Assert.Contains($"decant run {both[1].Paths.Recipe}", html);
        RunReport.Write(path, both, RunComparison.Of(both), "My <title>");
        Assert.Contains("My &lt;title&gt;", File.ReadAllText(path));
    }
}
