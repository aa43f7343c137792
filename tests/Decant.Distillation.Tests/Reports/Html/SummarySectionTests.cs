using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.Html;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Tests.Reports.Html;

public class SummarySectionTests
{
    private static ComparisonRow Row(string name, bool teacher, double[] scores, long? parameters, double? seconds) => new()
    {
        System = name, IsTeacher = teacher, Parameters = parameters, Seconds = seconds, Scores = new Dictionary<string, SeedStatistics> { ["accuracy"] = new(scores) },
    };

    private static ComparisonTable Table(params ComparisonRow[] rows) => new() { Scores = [ScoreColumn.Of("accuracy")], Rows = rows };

    [Fact]
    public void Says_what_is_kept_and_what_is_saved() => Assert.Equal(
        "PKD keeps 98.9 % of the teacher's accuracy (mean of 3 seeds), is 1.63× smaller and runs 1.94× faster.",
        SummarySection.Sentence(Table(Row("T", true, [0.94], 109_000_000, 101.89), Row("PKD", false, [0.92, 0.93, 0.94], 67_000_000, 52.51))));

    [Fact]
    public void Claims_no_gain_that_is_none() => Assert.Equal(
        "PKD keeps 100.0 % of the teacher's accuracy.",
        SummarySection.Sentence(Table(Row("T", true, [0.5], 100, 1), Row("PKD", false, [0.5], 100, 2))));

    [Fact]
    public void Without_a_teacher_or_a_student_there_is_nothing_to_say()
    {
        Assert.Null(SummarySection.Sentence(Table(Row("PKD", false, [0.5], 1, 1))));
        Assert.Null(SummarySection.Sentence(Table(Row("T", true, [0.5], 1, 1))));
    }
}
