using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Runs;

/// <summary>Puts finished runs side by side, with the teacher they learnt from.</summary>
public static class RunComparison
{
    /// <summary>The table: the teacher first, then the runs in the order given.</summary>
    /// <param name="runs">Runs of one task; at least one.</param>
    /// <param name="secondsOf">Time of inference of a model folder, where it was measured. Default: not shown.</param>
    /// <param name="timeOf">What that is the time of.</param>
    /// <exception cref="DecantException">The runs are of different tasks, or two of them have one name.</exception>
    public static ComparisonTable Of(IReadOnlyList<RunFolder> runs, Func<string, double?>? secondsOf = null, string? timeOf = null)
    {
        Check(runs);
        string[] teachers = [.. runs.Select(run => run.TeacherModel).OfType<string>().Select(Path.GetFullPath).Distinct()];
        var rows = new List<ComparisonRow>();
        foreach (string teacher in teachers)
            if (!runs.Any(run => IsModelOf(run, teacher)))
                rows.Add(TeacherRow(runs.First(run => run.TeacherModel is { } own && Path.GetFullPath(own) == teacher), teacher, isOnly: teachers.Length == 1, secondsOf));
        foreach (RunFolder run in runs.OrderBy(run => !teachers.Any(teacher => IsModelOf(run, teacher))))
            rows.Add(RowOf(run, isTeacher: teachers.Length == 1 && IsModelOf(run, teachers[0]), secondsOf));
        return new ComparisonTable { Scores = Columns(runs), Rows = rows, TimeOf = timeOf };
    }

    private static void Check(IReadOnlyList<RunFolder> runs)
    {
        if (runs.Count == 0) throw new DecantException("There is nothing to compare; name at least one run.");
        if (runs.FirstOrDefault(run => run.Result.Task != runs[0].Result.Task) is { } other)
            throw new DecantException($"{runs[0].Paths.Root} is a run on {runs[0].Result.Task}, {other.Paths.Root} one on {other.Result.Task}. Compare runs of one task.");
        if (runs.GroupBy(run => run.Result.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new DecantException($"{string.Join(" and ", twice.Select(run => run.Paths.Root))} are both named '{twice.Key}'. Give one of the recipes another name.");
    }

    // The deciding metric comes first, then the others in the task's order.
    private static IReadOnlyList<ScoreColumn> Columns(IReadOnlyList<RunFolder> runs) =>
        [.. runs.SelectMany(run => run.Result.Seeds[0].Metrics.Keys.Prepend(run.Result.BestMetric)).Distinct().Select(ScoreColumn.Of)];

    private static ComparisonRow RowOf(RunFolder run, bool isTeacher, Func<string, double?>? secondsOf) => new()
    {
        System = run.Result.Name,
        IsTeacher = isTeacher,
        Scores = run.Result.Seeds[0].Metrics.Keys.ToDictionary(metric => metric, metric => new SeedStatistics([.. run.Result.Seeds.Select(seed => seed.Metrics[metric])])),
        Parameters = run.Result.Seeds[0].Parameters,
        Bytes = WeightBytes(run.BestModel),
        Seconds = secondsOf?.Invoke(run.BestModel),
    };

    private static ComparisonRow TeacherRow(RunFolder run, string folder, bool isOnly, Func<string, double?>? secondsOf) => new()
    {
        System = isOnly ? "teacher" : $"teacher of {run.Result.Name}",
        IsTeacher = isOnly,
        Scores = (run.Result.Teacher ?? []).ToDictionary(metric => metric.Key, metric => new SeedStatistics(metric.Value)),
        Parameters = run.Result.TeacherParameters,
        Bytes = WeightBytes(folder),
        Seconds = secondsOf?.Invoke(folder),
    };

    private static bool IsModelOf(RunFolder run, string model) =>
        run.Result.Seeds.Any(seed => Path.GetFullPath(run.Paths.Seed(seed.Seed).Model) == model);

    private static long? WeightBytes(string folder)
    {
        var weights = new FileInfo(Path.Combine(folder, "model.safetensors"));
        return weights.Exists ? weights.Length : null;
    }
}
