using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.SelfDistillation;
using Decant.Models;
using Decant.Models.FastBert;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives.SelfDistillation;

/// <summary>Self-distillation against the released FastBERT code, and against an independent version for the paper's direction.</summary>
public class SelfDistillationGoldenTests
{
    [SkippableTheory]
    [InlineData(DivergenceDirection.TeacherToStudent, "out.kl_teacher_student", "grad.distill.", 14)]
    [InlineData(DivergenceDirection.StudentToTeacher, "out.kl_student_teacher", "grad.distill_paper.", 8)]
    public void The_loss_and_its_gradients_are_the_recorded_ones(DivergenceDirection direction, string losses, string gradients, int tensorsOfABranch)
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using var scope = new TensorScope();
        using FastBertClassifier model = golden.Model();
        model.Train(FastBertPart.Branches);
        Tensor loss = Loss(golden, model, direction);
        Assert.Equal(golden.Golden[losses].ToArray<double>().Sum(), loss.ToScalar(), 1e-4);
        if (direction == DivergenceDirection.TeacherToStudent) Assert.Equal(golden.Golden["out.self_distill_loss"].ToScalar(), loss.ToScalar(), 1e-4);
        loss.Backward();
        // Of every branch below the last all but the key's bias.
        Assert.Equal(3 * (tensorsOfABranch - 1), golden.CompareGradients(model, gradients));
        Assert.All(model.NamedParameters().Where(p => !p.Name.StartsWith("branches.", StringComparison.Ordinal) || p.Name.StartsWith("branches.3.", StringComparison.Ordinal)), p => Assert.Null(p.Tensor.Grad));
    }

    // Even where everything is trained at once, the last layer does not move towards those that it teaches.
    [SkippableFact]
    public void The_teacher_learns_nothing_from_its_students()
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using var scope = new TensorScope();
        using FastBertClassifier model = golden.Model();
        Loss(golden, model, DivergenceDirection.StudentToTeacher).Backward();
        Assert.All(model.Branches[^1].NamedParameters(), p => Assert.Null(p.Tensor.Grad));
        Assert.All(model.Branches[0].NamedParameters(), p => Assert.NotNull(p.Tensor.Grad));
    }

    private static Tensor Loss(FastBertGolden golden, FastBertClassifier model, DivergenceDirection direction)
    {
        using var source = new SelfSource(model, model.Outputs);
        var objective = new SelfDistillationObjective(new() { Direction = direction },
            ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), source.Teacher, model.Layers) with { StudentHasBranches = true });
        ModelOutput student = model.Forward(golden.Input(), objective.Observes);
        var batch = ObjectiveCase.Batch(8);
        return objective.Loss(new ObjectiveInputs(batch, student, source.ReadBeside(student, batch, objective.Needs), TaskKind.SingleLabel));
    }
}
