using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Comparison;

/// <summary>Finished runs side by side: scores over seeds, sizes, and inference times measured in one go.</summary>
public static class RunComparison
{
    /// <summary>The table.</summary>
    /// <param name="runs">Runs of one task; one that others name as their teacher is shown as the teacher.</param>
    /// <param name="times">Seconds per example by run folder; null shows none.</param>
    /// <param name="timeOf">What the times are of, for the column's heading.</param>
    /// <exception cref="DecantException">The runs are of different tasks.</exception>
    public static ComparisonTable Table(IReadOnlyList<FinishedRun> runs, IReadOnlyDictionary<string, double>? times = null, string? timeOf = null)
    {
        if (runs.Count == 0) throw new DecantException("Name at least one run to compare.");
        if (runs.FirstOrDefault(r => r.Result.Task != runs[0].Result.Task) is { } other)
            throw new DecantException($"{runs[0].Paths.Root} is a run on {runs[0].Result.Task}, {other.Paths.Root} one on {other.Result.Task}; only runs on one task can be compared.");
        FinishedRun? teacher = Teacher(runs);
        var names = runs[0].Result.Seeds[0].Metrics.Keys.OrderBy(m => m == runs[0].Result.BestMetric ? 0 : 1).ToList();
        return new ComparisonTable
        {
            Scores = [.. names.Select(ScoreColumn.Of)],
            TimeOf = times is null ? null : timeOf,
            Rows = [.. runs.OrderBy(r => r == teacher ? 0 : 1).Select(run => new ComparisonRow
            {
                System = run.Result.Name,
                IsTeacher = run == teacher,
                Scores = names.ToDictionary(m => m, m => new SeedStatistics([.. run.Result.Seeds.Select(s => s.Metrics[m])])),
                Parameters = run.Result.Seeds[0].Parameters,
                Bytes = new FileInfo(Path.Combine(run.BestModel, "model.safetensors")) is { Exists: true } file ? file.Length : null,
                Seconds = times?.GetValueOrDefault(run.Paths.Root),
            })],
        };
    }

    /// <summary>Everything that a report shows.</summary>
    /// <param name="runs">Runs of one task.</param>
    /// <param name="title">The heading.</param>
    /// <param name="table">From <see cref="Table"/>.</param>
    /// <param name="command">The command that repeats the runs; null when there is no single one.</param>
    public static ReportModel Report(IReadOnlyList<FinishedRun> runs, string title, ComparisonTable table, string? command = null)
    {
        FinishedRun? teacher = Teacher(runs);
        return new ReportModel
        {
            Title = title,
            Subtitle = $"Task {runs[0].Result.Task}; scores on the dev split, mean ± standard deviation over seeds.",
            Created = DateTimeOffset.Now,
            Command = command,
            Comparison = table,
            Environment = File.Exists(runs[0].Paths.Environment) ? EnvironmentJson.Read(runs[0].Paths.Environment) : null,
            Runs = [.. runs.SelectMany(run => run.Logs().Select((log, seed) => new ReportRun
            {
                System = run.Result.Name,
                IsTeacher = run == teacher,
                Entries = log,
                Recipe = seed == 0 ? RecipeWriter.ToYaml(run.Recipe) : null,
            }))],
        };
    }

    private static FinishedRun? Teacher(IReadOnlyList<FinishedRun> runs)
    {
        var named = runs.Select(r => r.Recipe.Teacher?.Model).OfType<string>().Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return runs.FirstOrDefault(r => named.Contains(Path.GetFullPath(r.Paths.Root)));
    }
}
