using Decant.Distillation.Experiments;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Html;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Runs;

/// <summary>Makes the report of finished runs: learning curves, comparison, environment, recipes.</summary>
public static class RunReport
{
    /// <summary>Writes <c>report.html</c> into a run's folder.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The path of the report.</returns>
    public static string Write(RunFolder run)
    {
        Write(run.Paths.Report, [run], RunComparison.Of([run]));
        return run.Paths.Report;
    }

    /// <summary>Writes one report for several runs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="comparison">Their table.</param>
    /// <param name="title">The heading. Default: the run's name, or the task of several.</param>
    public static void Write(string path, IReadOnlyList<RunFolder> runs, ComparisonTable comparison, string? title = null) =>
        HtmlReport.Write(path, new ReportModel
        {
            Title = title ?? (runs.Count == 1 ? runs[0].Result.Name : $"{runs.Count} runs on {runs[0].Result.Task}"),
            Subtitle = Subtitle(runs),
            Created = DateTimeOffset.Now,
            Runs = [.. runs.SelectMany(RunsOf)],
            Comparison = comparison,
            Environment = runs[0].Environment,
            Command = string.Join('\n', runs.Select(run => $"decant run {run.Paths.Recipe}")),
        });

    private static string Subtitle(IReadOnlyList<RunFolder> runs)
    {
        string task = $"Task {runs[0].Result.Task}, scores on the dev split";
        return runs.Count == 1 && runs[0].Recipe.Description is { } description ? $"{description} {task}." : $"{task}.";
    }

    private static IEnumerable<ReportRun> RunsOf(RunFolder run)
    {
        string recipe = File.ReadAllText(run.Paths.Recipe);
        if (File.Exists(run.Paths.Teacher.Metrics))
            yield return new() { System = "teacher", IsTeacher = true, Entries = MetricsLog.Read(run.Paths.Teacher.Metrics) };
        bool isFirst = true;
        foreach (SeedResult seed in run.Result.Seeds)
        {
            string metrics = run.Paths.Seed(seed.Seed).Metrics;
            if (!File.Exists(metrics)) continue;
            yield return new() { System = run.Result.Name, Entries = MetricsLog.Read(metrics), Recipe = isFirst ? recipe : null };
            isFirst = false;
        }
    }
}
