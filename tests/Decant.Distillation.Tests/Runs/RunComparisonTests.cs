using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Runs;

namespace Decant.Tests.Runs;

public sealed class RunComparisonTests : IDisposable
{
    private readonly RunsOnDisk runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void The_teacher_comes_first_with_the_scores_that_a_student_measured()
    {
        string teacher = $"{{ model: {runs.Path("models/teacher")} }}";
        runs.File("models/teacher/model.safetensors", new string('x', 900));
        ComparisonTable table = RunComparison.Of([runs.Write("a", teacher), runs.Write("b", teacher)]);
        Assert.Equal(["teacher", "a", "b"], table.Rows.Select(r => r.System));
        Assert.Equal([true, false, false], table.Rows.Select(r => r.IsTeacher));
        ComparisonRow first = table.Rows[0];
        Assert.Equal((0.9, 4000L, 900L), (first.Scores["accuracy"].Mean, first.Parameters, first.Bytes));
        Assert.Equal((0.8, 1000L, 100L), (table.Rows[1].Scores["accuracy"].Mean, table.Rows[1].Parameters, table.Rows[1].Bytes));
    }

    [Fact]
    public void A_teacher_that_is_a_run_itself_is_not_listed_twice()
    {
        RunFolder teacher = runs.Write("teacher", scores: [new() { ["accuracy"] = 0.95 }]);
        RunFolder student = runs.Write("student", $"{{ model: {runs.Path("teacher")} }}");
        ComparisonTable table = RunComparison.Of([student, teacher]);
        Assert.Equal(["teacher", "student"], table.Rows.Select(r => r.System));
        Assert.True(table.Rows[0].IsTeacher);
        Assert.Equal(0.95, table.Rows[0].Scores["accuracy"].Mean);
    }

    [Fact]
    public void Students_of_several_teachers_name_theirs()
    {
        ComparisonTable table = RunComparison.Of([runs.Write("a", "{ model: x/one }"), runs.Write("b", "{ model: x/two }")]);
        Assert.Equal(["teacher of a", "teacher of b", "a", "b"], table.Rows.Select(r => r.System));
        Assert.All(table.Rows, row => Assert.False(row.IsTeacher));
        Assert.Null(table.Rows[0].Bytes);
    }

    [Fact]
    public void Scores_are_over_seeds_and_the_deciding_metric_is_the_first_column()
    {
        RunFolder run = runs.Write("m", task: "mrpc", scores:
        [
            new() { ["f1"] = 0.8, ["accuracy"] = 0.7 }, new() { ["f1"] = 0.9, ["accuracy"] = 0.75 }, new() { ["f1"] = 0.85, ["accuracy"] = 0.8 },
        ]);
        ComparisonTable table = RunComparison.Of([run], _ => 0.25, "one example");
        Assert.Equal(["f1", "accuracy"], table.Scores.Select(column => column.Name));
        Assert.Equal(0.85, table.Rows[0].Scores["f1"].Mean, 1e-12);
        Assert.Equal(0.05, table.Rows[0].Scores["f1"].StandardDeviation!.Value, 1e-12);
        Assert.Equal((0.25, 300L, "one example"), (table.Rows[0].Seconds, table.Rows[0].Bytes, table.TimeOf));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Equal("There is nothing to compare; name at least one run.", Refusal());
        RunFolder a = runs.Write("a"), other = runs.Write("other", task: "rte"), again = runs.Write("again", runName: "a");
        Assert.Equal($"{runs.Path("a")} is a run on sst-2, {runs.Path("other")} one on rte. Compare runs of one task.", Refusal(a, other));
        Assert.Equal($"{runs.Path("a")} and {runs.Path("again")} are both named 'a'. Give one of the recipes another name.", Refusal(a, again));
    }

    private static string Refusal(params RunFolder[] of) => Assert.Throws<DecantException>(() => RunComparison.Of(of)).Message;
}
