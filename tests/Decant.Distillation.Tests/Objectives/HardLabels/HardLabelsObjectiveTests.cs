using Decant.Distillation.Objectives.HardLabels;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives.HardLabels;

public sealed class HardLabelsObjectiveTests : IDisposable
{
    private static readonly HardLabelsObjective objective = new(new());
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void One_label_is_the_cross_entropy()
    {
        Tensor logits = Tensor.From([1.0, 2, 3, 0, 0, 0], 2, 3);
        double expected = (Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 2 + Math.Log(3)) / 2;
        Assert.Equal(expected, objective.Loss(ObjectiveCase.Inputs(TaskKind.SingleLabel, ObjectiveCase.Batch(2, labels: [1, 2]), logits)).ToScalar(), 1e-12);
    }

    [Fact]
    public void Choices_are_the_classes_of_a_question()
    {
        Tensor logits = Tensor.From([1.0, 2, 3, 0, 0, 0], 6, 1);
        double expected = (Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 2 + Math.Log(3)) / 2;
        Assert.Equal(expected, objective.Loss(ObjectiveCase.Inputs(TaskKind.MultipleChoice, ObjectiveCase.Batch(2, 3, labels: [1, 2]), logits)).ToScalar(), 1e-12);
    }

    [Fact]
    public void Several_labels_are_binary_choices()
    {
        Tensor logits = Tensor.From([1f, -2, 0, 3], 2, 2);
        double expected = (Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(-2)) + Math.Log(2) + Math.Log(1 + Math.Exp(3))) / 4;
        Assert.Equal(expected, objective.Loss(ObjectiveCase.Inputs(TaskKind.MultiLabel, ObjectiveCase.Batch(2, targets: [1, 0, 1, 0]), logits)).ToScalar(), 1e-6);
    }

    [Fact]
    public void Numbers_have_the_squared_error()
    {
        Tensor logits = Tensor.From([1f, 4], 2, 1);
        Assert.Equal((0.25 + 4) / 2, objective.Loss(ObjectiveCase.Inputs(TaskKind.Regression, ObjectiveCase.Batch(2, targets: [1.5f, 2]), logits)).ToScalar(), 1e-6);
    }
}
