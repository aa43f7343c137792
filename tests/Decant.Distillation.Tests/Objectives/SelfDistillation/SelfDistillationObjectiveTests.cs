using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.SelfDistillation;
using Decant.Models;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives.SelfDistillation;

public sealed class SelfDistillationObjectiveTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(DivergenceDirection.StudentToTeacher)]
    [InlineData(DivergenceDirection.TeacherToStudent)]
    public void It_is_the_divergence_of_every_branch_summed_and_meant_over_the_batch(DivergenceDirection direction)
    {
        Tensor first = FiniteDifferences.Normal(1, 3, 4), second = FiniteDifferences.Normal(2, 3, 4), teacher = FiniteDifferences.Normal(3, 3, 4).Detach() * 2;
        SelfDistillationObjective objective = Objective(direction, layers: 3);
        Tensor Loss() => objective.Loss(new ObjectiveInputs(ObjectiveCase.Batch(3),
            new ModelOutput { Logits = teacher, BranchLogits = new Dictionary<int, Tensor> { [1] = first, [2] = second } },
            new TeacherKnowledge(teacher, new Dictionary<HiddenStateRequest, SelectedHiddenState>()), TaskKind.SingleLabel));

        double expected = 0;
        foreach (Tensor branch in new[] { first, second })
            for (int e = 0; e < 3; e++)
            {
                double[] s = Softmax(branch, e), t = Softmax(teacher, e);
                expected += s.Zip(t).Sum(p => direction == DivergenceDirection.StudentToTeacher ? p.First * Math.Log(p.First / p.Second) : p.Second * Math.Log(p.Second / p.First)) / 3;
            }
        Assert.Equal(expected, Loss().ToScalar(), 1e-9);
        FiniteDifferences.Check(Loss, first, second);
    }

    [Fact]
    public void It_asks_for_the_teachers_logits_and_all_branches_but_the_last()
    {
        SelfDistillationObjective objective = Objective(DivergenceDirection.StudentToTeacher, layers: 4);
        Assert.Equal("logits", objective.Needs.Describe());
        Assert.Equal([1, 2, 3], objective.Observes.BranchLogits);
        Assert.False(((IObjective)objective).NeedsLabels);
    }

    [Fact]
    public void What_it_cannot_train_is_refused()
    {
        TaskDefinition task = ObjectiveCase.Task(TaskKind.SingleLabel);
        ObjectiveSetup setup = ObjectiveCase.Setup(task, new TeacherShape(3, 4, 2)) with { StudentHasBranches = true };
        string Message(ObjectiveSetup wrong) => Assert.Throws<DecantException>(() => new SelfDistillationObjective(new(), wrong)).Message;
        Assert.Equal("The objective 'selfDistillation' trains the classifiers of a FastBERT's layers, and the student has none; add student.fastBert.",
            Message(setup with { StudentHasBranches = false }));
        Assert.Equal("The objective 'selfDistillation' needs a student of two layers or more: the last teaches those below it.", Message(setup with { StudentLayers = 1 }));
        Assert.Equal("The objective 'selfDistillation' compares the probabilities of one label of several; toy is MultiLabel.",
            Message(setup with { Task = ObjectiveCase.Task(TaskKind.MultiLabel) }));
        Assert.Equal("The teacher has 5 outputs, the task toy has 2; it was trained for another task.", Message(setup with { Teacher = new TeacherShape(3, 4, 5) }));
        Assert.Equal("The objective 'selfDistillation' learns from a teacher, but the recipe has none; add a 'teacher' section or drop the objective.", Message(setup with { Teacher = null }));
    }

    private static SelfDistillationObjective Objective(DivergenceDirection direction, int layers) => new(new() { Direction = direction },
        ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel, 4), new TeacherShape(layers, 4, 4), layers) with { StudentHasBranches = true });

    private static double[] Softmax(Tensor logits, int row)
    {
        double[] exp = [.. logits.ToArray<double>().Skip(row * 4).Take(4).Select(Math.Exp)];
        return [.. exp.Select(e => e / exp.Sum())];
    }
}
