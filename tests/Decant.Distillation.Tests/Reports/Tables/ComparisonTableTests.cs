using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Tests.Reports.Tables;

public class ComparisonTableTests
{
    /// <summary>Sizes and times of the PKD paper's table 3; the scores are made up.</summary>
    internal static readonly ComparisonTable Sample = new()
    {
        Scores = [ScoreColumn.Of("accuracy"), ScoreColumn.Of("f1")],
        Rows =
        [
            Row("Teacher", 109_000_000, 101.89, teacher: true, ("accuracy", [0.94]), ("f1", [0.9])),
            Row("KD", 67_000_000, 52.51, false, ("accuracy", [0.91, 0.92, 0.93]), ("f1", [0.88, 0.88, 0.88])),
            Row("PKD", 67_000_000, 52.51, false, ("accuracy", [0.92, 0.93, 0.94])),
        ],
    };

    private static ComparisonRow Row(string system, long? parameters, double? seconds, bool teacher, params (string, double[])[] scores) => new()
    {
        System = system, IsTeacher = teacher, Parameters = parameters, Seconds = seconds,
        Scores = scores.ToDictionary(s => s.Item1, s => new SeedStatistics(s.Item2)),
    };

    [Fact]
    public void Shows_mean_and_deviation_sizes_and_ratios() => Assert.Equal("""
        | System | Accuracy | F1 | Of teacher | Seeds | Parameters | Smaller | Time | Faster |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | Teacher | 94.0 | 90.0 | 100.0 % | 1 | 109M | 1.00× | 1 min 41 s | 1.00× |
        | KD | 92.0 ± 1.0 | 88.0 ± 0.0 | 97.9 % | 3 | 67.0M | 1.63× | 52.5 s | 1.94× |
        | PKD | **93.0 ± 1.0** | – | 98.9 % | 3 | 67.0M | 1.63× | 52.5 s | 1.94× |

        """, Sample.ToTextTable().ToMarkdown());

    [Fact]
    public void Without_a_teacher_there_is_nothing_to_compare_with()
    {
        var table = Sample with { Rows = [.. Sample.Rows.Skip(1)] };
        Assert.Null(table.Teacher);
        Assert.All(table.Rows, row => Assert.Equal((null, null, null), (table.ScoreKept(row), table.Shrinkage(row), table.SpeedUp(row))));
        Assert.Equal(["System", "Accuracy", "F1", "Seeds", "Parameters", "Time"], table.ToTextTable().Headers);
    }

    [Fact]
    public void The_best_student_has_the_best_mean_and_is_never_the_teacher() => Assert.Equal("PKD", Sample.BestStudent!.System);

    [Fact]
    public void Of_an_error_less_is_best_and_no_share_is_kept()
    {
        var table = new ComparisonTable
        {
            Scores = [ScoreColumn.Of("mse")],
            Rows = [Row("Teacher", null, null, true, ("mse", [0.1])), Row("A", null, null, false, ("mse", [0.5])), Row("B", null, null, false, ("mse", [0.25]))],
        };
        Assert.Equal("B", table.BestStudent!.System);
        Assert.Null(table.ScoreKept(table.Rows[1]));
        Assert.Equal("0.250", table.ToTextTable().Rows[2][1].Text);
    }

    [Fact]
    public void A_teacher_without_skill_gives_no_share()
    {
        var table = new ComparisonTable { Scores = [ScoreColumn.Of("matthews")], Rows = [Row("T", null, null, true, ("matthews", [0.0])), Row("S", null, null, false, ("matthews", [0.2]))] };
        Assert.Null(table.ScoreKept(table.Rows[1]));
    }
}
