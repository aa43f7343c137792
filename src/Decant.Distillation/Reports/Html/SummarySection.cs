using System.Globalization;
using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Reports.Markup;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Reports.Html;

/// <summary>The result in one sentence and a few large figures.</summary>
internal static class SummarySection
{
    public static void Write(MarkupWriter page, ReportModel model)
    {
        string? sentence = model.Comparison is { } table ? Sentence(table) : null;
        var tiles = model.Comparison is { BestStudent: not null } ? Compared(model.Comparison) : SingleRun(model);
        if (sentence is null && tiles.Count == 0 && model.Notes.Count == 0) return;
        using (page.Open("section", ("class", "summary")))
        {
            if (sentence is not null) page.Element("p", sentence, ("class", "headline"));
            if (tiles.Count > 0)
                using (page.Open("div", ("class", "tiles")))
                    foreach (var (label, value, note) in tiles)
                        using (page.Open("div", ("class", "tile")))
                        {
                            page.Element("span", label, ("class", "label"));
                            page.Element("span", value, ("class", "value"));
                            page.Element("span", note, ("class", "note"));
                        }
            foreach (string note in model.Notes) page.Element("p", note, ("class", "remark"));
        }
    }

    /// <summary>What the best student keeps of the teacher and what it saves; <see langword="null"/> where there are not both.</summary>
    public static string? Sentence(ComparisonTable table)
    {
        if (table.Teacher is null || table.BestStudent is not { } student || table.ScoreKept(student) is not { } kept) return null;
        var gains = new List<string>();
        if (table.Shrinkage(student) is > 1 and var smaller) gains.Add($"is {Units.Ratio(smaller)} smaller");
        if (table.SpeedUp(student) is > 1 and var faster) gains.Add($"runs {Units.Ratio(faster)} faster");
        string saved = gains.Count switch { 0 => "", 1 => $" and {gains[0]}", _ => $", {gains[0]} and {gains[1]}" };
        string seeds = student.Scores[table.Scores[0].Name].Count is > 1 and var n ? $" (mean of {n.ToString(CultureInfo.InvariantCulture)} seeds)" : "";
        return $"{student.System} keeps {ComparisonTable.Share(kept)} of the teacher's {InSentence(table.Scores[0].Name)}{seeds}{saved}.";
    }

    private static List<(string Label, string Value, string Note)> Compared(ComparisonTable table)
    {
        var (teacher, student, score) = (table.Teacher, table.BestStudent!, table.Scores[0]);
        var tiles = new List<(string, string, string)>();
        string label = Labels.Of(score.Name), unit = score.IsPercentage ? " %" : "";
        var own = student.Scores[score.Name];
        tiles.Add((teacher is null ? label : $"{label}, best student", score.Format(own.Mean) + unit, own.StandardDeviation is { } deviation
            ? $"± {score.Format(deviation)} over {own.Count.ToString(CultureInfo.InvariantCulture)} seeds" : student.System));
        if (teacher is not null && teacher.Scores.TryGetValue(score.Name, out var theirs))
            tiles.Add(($"{label}, teacher", score.Format(theirs.Mean) + unit, table.ScoreKept(student) is { } kept ? $"the student keeps {ComparisonTable.Share(kept)}" : teacher.System));
        if (student.Parameters is { } parameters)
            tiles.Add(("Parameters", Units.Count(parameters), Against(table.Shrinkage(student), teacher?.Parameters) ?? student.System));
        if (table.SpeedUp(student) is { } faster)
            tiles.Add(("Speed of inference", Units.Ratio(faster), $"{Units.Seconds(student.Seconds!.Value)} against {Units.Seconds(teacher!.Seconds!.Value)}"));
        else if (student.Seconds is { } seconds)
            tiles.Add(("Inference", Units.Seconds(seconds), table.TimeOf ?? student.System));
        return tiles;
    }

    private static string? Against(double? shrinkage, long? teacher) => shrinkage switch
    {
        null => null,
        > 1 => $"{Units.Ratio(shrinkage.Value)} fewer than {Units.Count(teacher!.Value)}",
        1 => "as many as the teacher",
        _ => $"the teacher has {Units.Count(teacher!.Value)}",
    };

    private static List<(string Label, string Value, string Note)> SingleRun(ReportModel model)
    {
        var tiles = new List<(string, string, string)>();
        if (model.Runs.Count != 1 || model.Runs[0].Entries is not { Count: > 0 } entries) return tiles;
        var evaluations = entries.Where(entry => entry.Kind == MetricsKind.Eval).ToList();
        foreach (string name in evaluations.SelectMany(entry => entry.Values).Select(value => value.Key).Where(MetricSet.KnownNames.Contains).Distinct().Take(2))
        {
            var score = ScoreColumn.Of(name);
            var known = evaluations.Where(entry => entry.Value(name) is { } value && double.IsFinite(value)).ToList();
            if (known.Count == 0) continue;
            var best = score.HigherIsBetter ? known.MaxBy(entry => entry.Value(name))! : known.MinBy(entry => entry.Value(name))!;
            tiles.Add(($"Best {InSentence(name)}", score.Format(best.Value(name)!.Value) + (score.IsPercentage ? " %" : ""), $"after {Epochs(best.Epoch)}"));
        }
        var (first, last) = (entries[0], entries[^1]);
        tiles.Add(("Steps", last.Step.ToString("N0", CultureInfo.InvariantCulture), Epochs(last.Epoch)));
        tiles.Add(("Time", Units.Seconds((last.Time - first.Time).TotalSeconds), "from the first entry to the last"));
        return tiles;
    }

    private static string Epochs(double epochs) => epochs.ToString("0.##", CultureInfo.InvariantCulture) + (epochs == 1 ? " epoch" : " epochs");

    private static string InSentence(string metric) => Labels.Of(metric) is var label && label.Length > 1 && char.IsAsciiLetterLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
