using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives.SoftLabels;

public sealed class SoftLabelsObjectiveTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    public static TheoryData<SoftLabelsOptions> Conventions => new(
        new SoftLabelsOptions { Temperature = 3 },
        new SoftLabelsOptions { Temperature = 0.5, Reduction = SoftReduction.MeanAll },
        new SoftLabelsOptions { Temperature = 1, TemperatureSquared = false, Form = SoftForm.CrossEntropy },
        new SoftLabelsOptions { Temperature = 10, Reduction = SoftReduction.MeanAll, Form = SoftForm.CrossEntropy });

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Classes_follow_the_equation(SoftLabelsOptions options)
    {
        Tensor student = FiniteDifferences.Normal(1, 3, 4), teacher = FiniteDifferences.Normal(2, 3, 4).Detach() * 4;
        double sum = 0;
        for (int e = 0; e < 3; e++)
        {
            double[] p = Softmax(teacher, e, options.Temperature), q = Softmax(student, e, options.Temperature);
            sum += p.Zip(q).Sum(c => Term(c.First, c.Second, options.Form));
        }
        Check(options, TaskKind.SingleLabel, 4, student, teacher, sum * Factor(options, 3, 12));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Every_label_is_a_choice_between_yes_and_no(SoftLabelsOptions options)
    {
        Tensor student = FiniteDifferences.Normal(1, 3, 4), teacher = FiniteDifferences.Normal(2, 3, 4).Detach() * 4;
        double sum = teacher.ToArray<double>().Zip(student.ToArray<double>()).Sum(z =>
        {
            double p = 1 / (1 + Math.Exp(-z.First / options.Temperature)), q = 1 / (1 + Math.Exp(-z.Second / options.Temperature));
            return Term(p, q, options.Form) + Term(1 - p, 1 - q, options.Form);
        });
        Check(options, TaskKind.MultiLabel, 4, student, teacher, sum * Factor(options, 3, 12));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Choices_are_the_classes_of_a_question(SoftLabelsOptions options)
    {
        Tensor student = FiniteDifferences.Normal(1, 12, 1), teacher = FiniteDifferences.Normal(2, 12, 1).Detach() * 4;
        double sum = 0;
        for (int e = 0; e < 3; e++)
        {
            double[] p = Softmax(teacher.Reshape(3, 4), e, options.Temperature), q = Softmax(student.Reshape(3, 4), e, options.Temperature);
            sum += p.Zip(q).Sum(c => Term(c.First, c.Second, options.Form));
        }
        Check(options, TaskKind.MultipleChoice, 1, student, teacher, sum * Factor(options, 3, 12), choices: 4);
    }

    [Fact]
    public void Numbers_have_the_squared_error()
    {
        Tensor student = FiniteDifferences.Normal(1, 5, 1), teacher = FiniteDifferences.Normal(2, 5, 1).Detach();
        double expected = teacher.ToArray<double>().Zip(student.ToArray<double>()).Average(z => (z.First - z.Second) * (z.First - z.Second));
        Check(new(), TaskKind.Regression, 1, student, teacher, expected);
    }

    [Fact]
    public void Far_logits_do_not_overflow()
    {
        Tensor student = Tensor.From([-3000f, 3000, 0, 0], 2, 2), teacher = Tensor.From([3000f, -3000, 5000, -5000], 2, 2);
        student.RequiresGrad = true;
        foreach (TaskKind kind in new[] { TaskKind.SingleLabel, TaskKind.MultiLabel })
        {
            Tensor loss = Objective(new() { Temperature = 1 }, kind, 2).Loss(ObjectiveCase.Inputs(kind, ObjectiveCase.Batch(2), student, teacher));
            Assert.True(double.IsFinite(loss.ToScalar()), $"{kind}: {loss.ToScalar()}");
            loss.Backward();
            Assert.True(student.Grad!.IsFinite(), $"{kind}: {string.Join(' ', student.Grad!.ToArray<float>())}");
        }
    }

    [Fact]
    public void A_teacher_of_another_task_or_none_is_refused()
    {
        string message = Assert.Throws<DecantException>(() => new SoftLabelsObjective(new(), ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel, 3), new TeacherShape(6, 4, 2)))).Message;
        Assert.Equal("The teacher has 2 outputs, the task toy has 3; it was trained for another task.", message);
        message = Assert.Throws<DecantException>(() => new SoftLabelsObjective(new(), ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), null))).Message;
        Assert.Equal("The objective 'softLabels' learns from a teacher, but the recipe has none; add a 'teacher' section or drop the objective.", message);
    }

    private static void Check(SoftLabelsOptions options, TaskKind kind, int outputs, Tensor student, Tensor teacher, double expected, int choices = 1)
    {
        SoftLabelsObjective objective = Objective(options, kind, outputs);
        var batch = ObjectiveCase.Batch((int)student.Size(0) / choices, choices);
        Tensor Loss() => objective.Loss(ObjectiveCase.Inputs(kind, batch, student, teacher));
        Assert.Equal(expected, Loss().ToScalar(), 1e-12 * Math.Max(1, expected));
        FiniteDifferences.Check(Loss, student);
    }

    private static SoftLabelsObjective Objective(SoftLabelsOptions options, TaskKind kind, int outputs) =>
        new(options, ObjectiveCase.Setup(ObjectiveCase.Task(kind, outputs), new TeacherShape(6, 4, outputs)));

    private static double Term(double p, double q, SoftForm form) => form == SoftForm.Kl ? p * Math.Log(p / q) : -p * Math.Log(q);

    private static double Factor(SoftLabelsOptions options, int examples, int all) =>
        (options.TemperatureSquared ? options.Temperature * options.Temperature : 1) / (options.Reduction == SoftReduction.MeanAll ? all : examples);

    private static double[] Softmax(Tensor logits, int row, double temperature)
    {
        double[] exponentials = [.. logits.Select(0, row).ToArray<double>().Select(z => Math.Exp(z / temperature))];
        return [.. exponentials.Select(x => x / exponentials.Sum())];
    }
}
