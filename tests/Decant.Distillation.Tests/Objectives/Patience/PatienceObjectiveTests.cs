using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Training;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives.Patience;

public sealed class PatienceObjectiveTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(true, PatienceReduction.Mean)]
    [InlineData(true, PatienceReduction.Sum)]
    [InlineData(false, PatienceReduction.Mean)]
    [InlineData(false, PatienceReduction.Sum)]
    public void States_follow_the_equation(bool normalize, PatienceReduction reduction)
    {
        Tensor[] student = States(1, 2, 3, 4), teacher = [.. States(10, 6, 3, 4).Select(t => t.Detach())];
        PatienceObjective objective = Objective(new() { Normalize = normalize, Reduction = reduction, Layers = LayerMapRule.Listed(2, 5) });

        double sum = 0;
        foreach ((int s, int t) in new[] { (1, 2), (2, 5) })
            for (int e = 0; e < 3; e++)
                sum += Unit(student[s - 1], e, normalize).Zip(Unit(teacher[t - 1], e, normalize)).Sum(p => (p.First - p.Second) * (p.First - p.Second));
        double expected = sum / (reduction == PatienceReduction.Mean ? 3 * 2 * 4 : 3);

        TrainingBatch batch = ObjectiveCase.Batch(3);
        Tensor Loss() => objective.Loss(ObjectiveCase.States(batch, student, teacher));
        Assert.Equal(expected, Loss().ToScalar(), 1e-12);
        FiniteDifferences.Check(Loss, student);
    }

    [Fact]
    public void States_of_a_questions_choices_are_one_vector()
    {
        Tensor[] student = States(1, 2, 6, 4), teacher = [.. States(10, 6, 6, 4).Select(t => t.Detach())];
        PatienceObjective objective = Objective(new() { Layers = LayerMapRule.Listed(2, 5) }, TaskKind.MultipleChoice);
        TrainingBatch batch = ObjectiveCase.Batch(2, choices: 3);
        Tensor Loss() => objective.Loss(ObjectiveCase.States(batch, student, teacher, TaskKind.MultipleChoice));

        // The same as single sequences of twelve neurons.
        PatienceObjective wide = new(new() { Layers = LayerMapRule.Listed(2, 5) }, ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), new TeacherShape(6, 12, 2), studentHidden: 12));
        Tensor[] wideStudent = [.. student.Select(s => s.Reshape(2, 12))], wideTeacher = [.. teacher.Select(t => t.Reshape(2, 12))];
        Assert.Equal(wide.Loss(ObjectiveCase.States(ObjectiveCase.Batch(2), wideStudent, wideTeacher)).ToScalar(), Loss().ToScalar(), 1e-15);
        FiniteDifferences.Check(Loss, student);
    }

    [Fact]
    public void A_state_of_zeros_has_a_loss_and_a_gradient()
    {
        Tensor[] student = [Tensor.Zeros([3, 4]), Tensor.Full([3, 4], 1)], teacher = [.. Enumerable.Range(0, 6).Select(_ => Tensor.Full([3, 4], 1))];
        student[0].RequiresGrad = true;
        Tensor loss = Objective(new()).Loss(ObjectiveCase.States(ObjectiveCase.Batch(3), student, teacher));
        Assert.Equal(0.25 / 2, loss.ToScalar(), 1e-6);
        loss.Backward();
        Assert.True(student[0].Grad!.IsFinite());
    }

    [Fact]
    public void It_asks_for_the_mapped_layers_only()
    {
        PatienceObjective objective = Objective(new() { Layers = LayerMapRule.Last });
        Assert.Equal("[CLS] of hidden states 4, 5", objective.Needs.Describe());
        Assert.Equal([1, 2], objective.Observes.ClsStates);
        Assert.Empty(objective.Observes.HiddenStates);
    }

    [Fact]
    public void Widths_that_differ_are_refused()
    {
        string message = Assert.Throws<DecantException>(() => new PatienceObjective(new(), ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), new TeacherShape(6, 8, 2)))).Message;
        Assert.Equal("The objective 'patience' compares hidden states directly, so widths must agree: the teacher has 8, the student 4. Use a student of the teacher's width.", message);
    }

    private static PatienceObjective Objective(PatienceOptions options, TaskKind kind = TaskKind.SingleLabel) =>
        new(options, ObjectiveCase.Setup(ObjectiveCase.Task(kind), new TeacherShape(6, 4, 2)));

    private static Tensor[] States(int seed, int layers, int sequences, int hidden) =>
        [.. Enumerable.Range(0, layers).Select(l => FiniteDifferences.Normal(seed + l, sequences, hidden))];

    private static double[] Unit(Tensor states, int row, bool normalize)
    {
        double[] values = states.Select(0, row).ToArray<double>();
        double length = normalize ? Math.Sqrt(values.Sum(v => v * v)) : 1;
        return [.. values.Select(v => v / length)];
    }
}
